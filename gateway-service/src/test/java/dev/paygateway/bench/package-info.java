/** What the product's own machinery costs, measured; run by {@code ./gateway bench}. */
@NullMarked
package dev.paygateway.bench;

import org.jspecify.annotations.NullMarked;
