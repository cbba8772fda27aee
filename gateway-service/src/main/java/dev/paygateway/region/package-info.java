/** Who am I, may I serve, drain and fence. */
@ApplicationModule(allowedDependencies = {"payment", "resource", "store"})
@NullMarked
package dev.paygateway.region;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
