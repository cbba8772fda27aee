/** Scopes, leased credentials and the pools made of them, locks and leak gauges. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.paygateway.resource;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
