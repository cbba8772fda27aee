/** Sealed states, events and decisions, and the money rules: values in, values out. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.paygateway.payment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
