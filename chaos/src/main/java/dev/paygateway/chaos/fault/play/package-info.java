/** How each fault is made on the lab's processes, taken back, and shown to have bitten. */
@NullMarked
package dev.paygateway.chaos.fault.play;

import org.jspecify.annotations.NullMarked;
