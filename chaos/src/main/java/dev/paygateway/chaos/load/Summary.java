package dev.paygateway.chaos.load;

import java.time.Duration;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A load's result, for people and for machines. */
final class Summary {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Summary() {}

    static ObjectNode json(LoadResult result) {
        var json =
                JSON.createObjectNode()
                        .put("seed", result.seed())
                        .put("rate_per_second", result.ratePerSecond())
                        .put("payments", result.payments())
                        .put("acknowledged", result.acknowledged())
                        .put("approved", result.approved())
                        .put("declined", result.declined())
                        .put("not_processed", result.notProcessed())
                        .put("unknown_seen", result.unknownSeen())
                        .put("failed_payments", result.failed())
                        .put("failed_payments_ordinary_cards", result.failedOrdinary())
                        .put("first_try_failures", result.firstTryFailed())
                        .put("disagreements", result.disagreements())
                        .put("open", result.open())
                        .put("p50_ms", millis(result.latency().p50()))
                        .put("p99_ms", millis(result.latency().p99()))
                        .put("max_ms", millis(result.latency().max()))
                        .put("history", result.history().toString());
        var refusals = json.putObject("refusals");
        new TreeMap<>(result.refusals()).forEach(refusals::put);
        return json;
    }

    static String text(LoadResult result) {
        return """
        load       %,d payments at %.1f/s, seed %d
        answers    %,d acknowledged; payments: %,d approved, %,d declined, %,d not processed
        refused    %s
        unknown    %,d outcomes seen, %,d never resolved
        failed     %,d payments (%,d with ordinary cards), %,d first tries
        answers that disagree with each other: %,d
        latency    p50 %.0f ms, p99 %.0f ms, max %.0f ms (ordinary cards, from intended arrival)
        history    %s
        """
                .formatted(
                        result.payments(),
                        result.ratePerSecond(),
                        result.seed(),
                        result.acknowledged(),
                        result.approved(),
                        result.declined(),
                        result.notProcessed(),
                        result.refusals().isEmpty() ? "none" : new TreeMap<>(result.refusals()),
                        result.unknownSeen(),
                        result.open(),
                        result.failed(),
                        result.failedOrdinary(),
                        result.firstTryFailed(),
                        result.disagreements(),
                        millis(result.latency().p50()),
                        millis(result.latency().p99()),
                        millis(result.latency().max()),
                        result.history());
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
