package dev.paygateway.chaos.drill;

import dev.paygateway.chaos.report.ClientView;
import dev.paygateway.chaos.report.DrillReport;
import dev.paygateway.chaos.report.GateResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;

/** A report in the terminal: the clients' figures, the gates, and where the whole of it is. */
final class ReportText {
    private ReportText() {}

    static String of(DrillReport report, Path page) {
        var lines = new ArrayList<String>();
        lines.add("");
        report.clients().forEach(client -> lines.add(client(client)));
        report.gates().forEach(gate -> lines.add(gate(gate)));
        report.judgement().words().forEach(words -> lines.add("  " + words));
        lines.add("");
        lines.add(
                "%s %s, seed %d, report %s"
                        .formatted(
                                report.subject().drill(),
                                report.passed() ? "passed" : "FAILED",
                                report.subject().seed(),
                                page));
        return String.join(System.lineSeparator(), lines);
    }

    private static String client(ClientView it) {
        return String.format(
                Locale.ROOT,
                "client %-5s RTO %s, rate back %s, %d acknowledged, %d failed, %d first tries"
                        + " failed, %d unknown, p50 %d ms, p99 %d ms, max %d ms",
                it.name(),
                seconds(it.outage().rto()),
                it.outage().back().map(ReportText::seconds).orElse("never"),
                it.acknowledged(),
                it.failed(),
                it.firstTryFailed(),
                it.unknownSeen(),
                it.p50().toMillis(),
                it.p99().toMillis(),
                it.max().toMillis());
    }

    private static String gate(GateResult it) {
        return String.format(
                Locale.ROOT,
                "%-6s %-40s wanted %-22s measured %s",
                it.passed() ? "kept" : "BROKEN",
                it.name(),
                it.wanted(),
                it.measured());
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }
}
