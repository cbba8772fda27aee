/** Two simulated acquirers with books and faults of their own. */
@NullMarked
package dev.paygateway.chaos.acquirer;

import org.jspecify.annotations.NullMarked;
