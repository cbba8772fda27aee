package dev.paygateway.chaos.region;

import java.io.PrintWriter;

/** Sets a region's share, and says so. */
final class Moving {
    private Moving() {}

    /** The command's exit code. */
    static int move(Place place, String region, int weight, PrintWriter out) {
        try (var desk = place.desk()) {
            var refusals = desk.move(region, weight);
            refusals.ifPresentOrElse(
                    all -> all.forEach(out::println),
                    () -> out.printf("%s gets %d %% of its traffic%n", region, weight));
            return refusals.isEmpty() ? 0 : 1;
        }
    }
}
