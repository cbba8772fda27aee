/** The service's container image: what is in it, and how it comes to be, byte for byte. */
@NullMarked
package dev.paygateway.chaos.image;

import org.jspecify.annotations.NullMarked;
