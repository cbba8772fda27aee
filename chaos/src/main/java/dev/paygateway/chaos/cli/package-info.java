/** The commands behind the launcher. */
@NullMarked
package dev.paygateway.chaos.cli;

import org.jspecify.annotations.NullMarked;
