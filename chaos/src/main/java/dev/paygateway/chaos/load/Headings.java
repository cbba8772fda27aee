package dev.paygateway.chaos.load;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The first and the last line of a history. */
final class Headings {
    private Headings() {}

    static ObjectNode first(
            long seed, double rate, String keyPrefix, Map<String, String> versions) {
        var line =
                History.line("run")
                        .put("seed", seed)
                        .put("rate", rate)
                        .put("key_prefix", keyPrefix)
                        .put("started", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        var known = line.putObject("versions");
        known.put("java", Runtime.version().toString());
        versions.forEach(known::put);
        return line;
    }

    static ObjectNode last(LoadResult result) {
        return History.stamp(Summary.json(result).put("type", "end"));
    }

    /** The end of a run that is no paced load. */
    static ObjectNode last() {
        return History.stamp(History.line("end"));
    }
}
