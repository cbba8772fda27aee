/** The only SQL: one decision, one commit, one round trip; and the timelines. */
@ApplicationModule(allowedDependencies = {"payment", "resource"})
@NullMarked
package dev.paygateway.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
