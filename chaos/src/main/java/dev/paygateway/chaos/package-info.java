/** The world outside the gateway, and what judges it; shares no code with the service. */
@NullMarked
package dev.paygateway.chaos;

import org.jspecify.annotations.NullMarked;
