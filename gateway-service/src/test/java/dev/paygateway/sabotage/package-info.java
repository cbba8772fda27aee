/**
 * The service broken on purpose, one way a profile, so that the audit can be seen to notice. It is
 * packed into a jar of its own that no image contains, and added to a class path by negative
 * controls alone.
 */
@NullMarked
package dev.paygateway.sabotage;

import org.jspecify.annotations.NullMarked;
