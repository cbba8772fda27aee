package dev.paygateway.chaos.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.audit.Verdict;
import dev.paygateway.chaos.audit.Violation;
import dev.paygateway.chaos.load.LoadResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a run came to, for the log of the build. */
final class Report {
    private static final int SHOWN_MAX = 3;

    private Report() {}

    /** A whole run: what the client saw, what the audit found, and all of it in words. */
    record Outcome(LoadResult load, Verdict verdict, String whole) {}

    /**
     * Ends the load, has it audited and prints what was told; fails on any violation, and on
     * anything that stayed open or contradicted itself.
     */
    static Outcome judge(World world, World.Load load, Duration settle, List<String> told)
            throws Exception {
        var result = load.end();
        var verdict = world.audit(settle);
        var lines = new ArrayList<>(told);
        lines.add(of(result));
        lines.add(of(verdict));
        var whole = String.join("\n", lines);
        System.out.println(whole);
        assertThat(verdict.violated()).as(whole).isZero();
        assertThat(result.passed()).as(whole).isTrue();
        return new Outcome(result, verdict, whole);
    }

    static String of(LoadResult load) {
        return """
        load: seed %d, %.1f/s, %d payments, %d acknowledged, %d unknown, %d open, %d differ,
        %d failed at the first try, %d for good; p50 %d ms, p99 %d ms\
        """
                .formatted(
                        load.seed(),
                        load.ratePerSecond(),
                        load.payments(),
                        load.acknowledged(),
                        load.unknownSeen(),
                        load.open(),
                        load.disagreements(),
                        load.firstTryFailed(),
                        load.failed(),
                        load.latency().p50().toMillis(),
                        load.latency().p99().toMillis());
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
