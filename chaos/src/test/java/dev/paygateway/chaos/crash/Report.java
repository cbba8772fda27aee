package dev.paygateway.chaos.crash;

import dev.paygateway.chaos.audit.Verdict;
import dev.paygateway.chaos.audit.Violation;
import dev.paygateway.chaos.load.LoadResult;
import java.util.stream.Collectors;

/** What a run came to, for the log of the build. */
final class Report {
    private static final int SHOWN_MAX = 3;

    private Report() {}

    static String of(LoadResult load) {
        return "load: seed %d, %.1f/s, %d payments, %d acknowledged, %d unknown, %d open, %d differ"
                .formatted(
                        load.seed(),
                        load.ratePerSecond(),
                        load.payments(),
                        load.acknowledged(),
                        load.unknownSeen(),
                        load.open(),
                        load.disagreements());
    }

    static String of(Verdict verdict) {
        var laws =
                verdict.tallies().stream()
                        .map(it ->
                                "  %-7s checked %7d  violated %5d"
                                        .formatted(it.law(), it.subjects(), it.violations()))
                        .collect(Collectors.joining("\n"));
        var some =
                verdict.violations().stream()
                        .limit(SHOWN_MAX)
                        .map(Report::of)
                        .collect(Collectors.joining("\n"));
        return "audit: %d violations, %s%n%s%n%s"
                .formatted(verdict.violated(), verdict.work(), laws, some);
    }

    private static String of(Violation violation) {
        return "%s violated by %s: %s%n    %s"
                .formatted(
                        violation.law(),
                        violation.subject(),
                        violation.problems(),
                        String.join("\n    ", violation.slice()));
    }
}
