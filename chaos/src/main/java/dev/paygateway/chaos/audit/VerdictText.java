package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.Run;
import dev.paygateway.chaos.audit.judge.Law;
import dev.paygateway.chaos.audit.outage.Outage;
import java.io.PrintWriter;
import java.util.Arrays;

/**
 * Prints a verdict for people: the violations with their history, then the table, then one line.
 */
final class VerdictText {
    /** Histories printed whole; more would bury the table. The JSON form has them all. */
    private static final int PRINTED_MAX = 20;

    private static final String ROW = "%-12s %-75s %9s %11s%n";

    private final PrintWriter out;

    VerdictText(PrintWriter out) {
        this.out = out;
    }

    void print(Verdict verdict) {
        verdict.violations().stream().limit(PRINTED_MAX).forEach(it -> violation(it, verdict));
        if (verdict.violated() > PRINTED_MAX) {
            out.printf(
                    "... and %d more; --json has up to 200%n%n", verdict.violated() - PRINTED_MAX);
        }
        table(verdict);
        work(verdict);
        out.println(summary(verdict));
        out.flush();
    }

    private void violation(Violation violation, Verdict verdict) {
        out.printf("%s violated by %s%n", violation.law(), violation.subject());
        violation.problems().forEach(problem -> out.printf("  %s%n", problem));
        verdict.runs().forEach(run -> out.printf("  history %s%n", describe(run)));
        violation.slice().forEach(line -> out.printf("    %s%n", line));
        out.println();
    }

    private void table(Verdict verdict) {
        out.printf(ROW, "law", "statement", "checked", "violations");
        Arrays.stream(Law.values()).forEach(law -> row(law, verdict));
        out.println();
    }

    private void row(Law law, Verdict verdict) {
        var missing = verdict.notYet().get(law);
        if (missing != null) {
            out.printf(ROW, law, law.statement(), "-", "not yet");
            out.printf("%-12s   (%s)%n", "", missing);
            return;
        }
        verdict.tallies().stream()
                .filter(tally -> tally.law() == law)
                .forEach(it ->
                        out.printf(ROW, law, law.statement(), it.subjects(), it.violations()));
    }

    private void work(Verdict verdict) {
        var work = verdict.work();
        verdict.runs().forEach(run -> out.printf("history: %s%n", describe(run)));
        out.printf(
                "keys: %d invoked, %d acknowledged, %d refused, %d unanswered%n",
                work.invoked(), work.acknowledged(), work.refused(), work.unanswered());
        out.printf(
                "payments: %d in the database, %d outside the histories, %d still open in time%n",
                work.payments(), work.elsewhere(), work.open());
        out.printf("unknown outcomes seen: %d%n", work.unknowns());
        out.printf(
                "not judged: %d payments that need review, %d effects that are too young%n",
                work.review(), work.undecided().effects());
        verdict.acknowledgedByRegion()
                .forEach((region, count) -> out.printf("%s acknowledged %d%n", region, count));
        verdict.outages().forEach(this::outage);
        verdict.shortfalls().forEach(missing -> out.printf("not enough: %s%n", missing));
    }

    private void outage(Outage outage) {
        out.printf(
                "fault %s: longest gap %d ms %s, rate back after %s%n",
                outage.fault(),
                outage.gap().toMillis(),
                outage.gapsByRegion(),
                outage.rateBack().map(time -> time.toMillis() + " ms").orElse("(not seen)"));
    }

    private static String describe(Run run) {
        var seed = run.seed().isPresent() ? String.valueOf(run.seed().getAsLong()) : "unknown";
        return "%s, seed %s, %s to %s".formatted(run.name(), seed, run.started(), run.ended());
    }

    private static String summary(Verdict verdict) {
        if (!verdict.testedEnough()) {
            return "verdict: FAILED, %d violations, and the run did too little to prove anything"
                    .formatted(verdict.violated());
        }
        return "verdict: %s, %d violations"
                .formatted(verdict.passed() ? "PASSED" : "FAILED", verdict.violated());
    }
}
