/** What the compiler refuses beyond Error Prone's own checks: ways to leak a resource. */
@NullMarked
package dev.paygateway.checks;

import org.jspecify.annotations.NullMarked;
