/** Claims a key by unique insert, joins twins and replays the stored answer. */
@ApplicationModule(allowedDependencies = {"payment", "store"})
@NullMarked
package dev.paygateway.idempotency;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
