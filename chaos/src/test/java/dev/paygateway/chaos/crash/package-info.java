/** Kills real processes at chosen places of a payment's path, then has the payments audited. */
@NullMarked
package dev.paygateway.chaos.crash;

import org.jspecify.annotations.NullMarked;
