/** HTTP, mTLS, tokens and roles, request records and problem+json; the only controllers. */
@ApplicationModule(
        allowedDependencies = {"payment", "idempotency", "region", "acquirer", "resource"})
@NullMarked
package dev.paygateway.edge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
