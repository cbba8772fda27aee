/**
 * Plays Chaos Mesh's manifests, and the lab's own, on the lab's processes; proves that each fault
 * bit, and heals it whatever becomes of the one who plays.
 */
@NullMarked
package dev.paygateway.chaos.fault;

import org.jspecify.annotations.NullMarked;
