/** I19 and I20: what must have ended has ended, and what must not be written down is nowhere. */
@NullMarked
package dev.paygateway.chaos.audit.secrecy;

import org.jspecify.annotations.NullMarked;
