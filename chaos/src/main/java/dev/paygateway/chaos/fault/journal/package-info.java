/** What is written down before a fault is made, so that it is healed whatever becomes of us. */
@NullMarked
package dev.paygateway.chaos.fault.journal;

import org.jspecify.annotations.NullMarked;
