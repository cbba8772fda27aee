package dev.paygateway.chaos.acquirer;

import dev.paygateway.chaos.acquirer.Fact.Effect;
import dev.paygateway.chaos.acquirer.Fact.Request;
import java.time.Instant;

/** A request that was processed, and the effect that decided its answer for ever. */
record Operation(Request request, Effect effect, Instant at) {}
