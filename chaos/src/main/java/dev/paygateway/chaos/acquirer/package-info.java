/**
 * A simulated acquirer with its own fsynced books: the world outside, which knows what was really
 * charged and misbehaves as its sandbox cards say.
 */
@NullMarked
package dev.paygateway.chaos.acquirer;

import org.jspecify.annotations.NullMarked;
