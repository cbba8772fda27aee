package dev.paygateway.chaos.kube;

import java.util.OptionalInt;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the chart's autoscaler says of itself. It writes the measure and what it makes of it in one
 * go, so the one is the reason of the other.
 *
 * @param percent of the requested CPU that instances used; empty while nothing is measured
 * @param desired how many instances it wants
 * @param isWaiting fewer would do, and it has not been quiet for long enough
 */
record Autoscaler(OptionalInt percent, int desired, boolean isWaiting) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String WAITS = "ScaleDownStabilized";

    static Autoscaler of(String object) {
        var status = JSON.readTree(object).path("status");
        var used =
                status.path("currentMetrics")
                        .path(0)
                        .path("containerResource")
                        .path("current")
                        .path("averageUtilization");
        return new Autoscaler(
                used.isNumber() ? OptionalInt.of(used.asInt()) : OptionalInt.empty(),
                status.path("desiredReplicas").asInt(0),
                status.path("conditions")
                        .valueStream()
                        .anyMatch(one -> one.path("reason").asString("").equals(WAITS)));
    }

    /** Whether more is used than that; not while nothing is measured. */
    boolean isAbove(int limit) {
        return percent.isPresent() && percent.getAsInt() > limit;
    }

    @Override
    public String toString() {
        return desired + " at " + (percent.isPresent() ? percent.getAsInt() + " %" : "no measure");
    }
}
