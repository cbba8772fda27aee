/**
 * The laws: one small class an invariant, the verdict table, and a reference model of a payment.
 */
@NullMarked
package dev.paygateway.chaos.audit.judge;

import org.jspecify.annotations.NullMarked;
