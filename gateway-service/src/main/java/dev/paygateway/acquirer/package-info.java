/** The only outbound charge: one adapter an acquirer, guarded by Resilience4j, and the routing. */
@ApplicationModule(allowedDependencies = "payment")
@NullMarked
package dev.paygateway.acquirer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
