/** Finds silent and abandoned payments and asks the acquirer; never charges again. */
@ApplicationModule(allowedDependencies = {"payment", "resource"})
@NullMarked
package dev.paygateway.recovery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
