/** How long merchants were not served: the client's view of each fault of the fault log. */
@NullMarked
package dev.paygateway.chaos.audit.outage;

import org.jspecify.annotations.NullMarked;
