package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lab.Shell.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What a tool found.
 *
 * @param tool with its version
 * @param judged what it read, in words
 * @param problems none: it found nothing to object to
 */
record Verdict(String tool, String judged, List<String> problems) {
    Verdict {
        problems = List.copyOf(problems);
    }

    boolean fine() {
        return problems.isEmpty();
    }

    /** Collects what several runs of a tool object to. */
    static final class Notes {
        private static final int LINES_MAX = 12;

        private final List<String> problems = new ArrayList<>();

        /** A run that failed is a problem, with the last that it said. */
        void add(String about, Outcome outcome) {
            if (!outcome.fine()) {
                var lines = outcome.lines();
                problems.add(about + ":");
                lines.stream()
                        .skip(Math.max(0, lines.size() - LINES_MAX))
                        .map(line -> "  " + line)
                        .forEach(problems::add);
            }
        }

        void add(String problem) {
            problems.add(problem);
        }

        Verdict verdict(Object tool, String judged) {
            return new Verdict(tool.toString(), judged, problems);
        }
    }
}
