/** Starts the real processes of one region or two. */
@NullMarked
package dev.paygateway.chaos.lab;

import org.jspecify.annotations.NullMarked;
