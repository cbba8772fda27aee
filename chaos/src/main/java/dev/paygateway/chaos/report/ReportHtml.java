package dev.paygateway.chaos.report;

import static dev.paygateway.chaos.report.Words.escaped;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The report as one page that needs nothing but itself. */
final class ReportHtml {
    private final DrillReport report;

    private ReportHtml(DrillReport report) {
        this.report = report;
    }

    static String of(DrillReport report) {
        return new ReportHtml(report).page();
    }

    static String head(String title) {
        return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        """
                .formatted(escaped(title), Style.text());
    }

    private String page() {
        var subject = report.subject();
        return String.join(
                "\n",
                head(subject.drill() + " " + subject.started()),
                heading(),
                tiles(),
                section("Gates", gates()),
                section("Time line", legend() + TimeLine.of(report)),
                section("Clients", clients()),
                section("Faults", faults()),
                section("What each fault cost (I17, all clients together)", costs()),
                section("Steps of the page", steps()),
                section("Invariants", invariants()),
                section("Versions", versions()),
                footer(),
                "</body>\n</html>\n");
    }

    private String heading() {
        var subject = report.subject();
        return """
        <h1>%s <span class="badge %s">%s</span></h1>
        <p class="soft">drill <code>%s</code> · seed %d · commit <code>%s</code> · %s · took %s</p>
        <p><b>Hypothesis:</b> %s</p>
        """
                .formatted(
                        escaped(subject.title()),
                        colour(report.passed()),
                        report.passed() ? "passed" : "failed",
                        escaped(subject.drill()),
                        subject.seed(),
                        escaped(subject.commit()),
                        Words.time(subject.started()),
                        Words.seconds(Duration.between(subject.started(), subject.ended())),
                        escaped(subject.hypothesis()));
    }

    private static String colour(boolean good) {
        return good ? "good" : "bad";
    }

    private String tiles() {
        var rtos =
                report.clients().stream()
                        .map(it -> tile("RTO, " + it.name(), Words.seconds(it.outage().rto())))
                        .collect(Collectors.joining());
        long acknowledged = sum(ClientView::acknowledged);
        return "<div class=\"tiles\">%s%s%s%s%s</div>"
                .formatted(
                        rtos,
                        tile("acknowledged", Words.number(acknowledged)),
                        tile("failed payments", Words.number(sum(ClientView::failed))),
                        tile("unknown on the way", Words.number(sum(ClientView::unknownSeen))),
                        tile("invariants violated", Words.number(report.judgement().violations())));
    }

    private long sum(java.util.function.ToLongFunction<ClientView> value) {
        return report.clients().stream().mapToLong(value).sum();
    }

    private static String tile(String name, String value) {
        return "<div class=\"card tile\"><b>%s</b><span>%s</span></div>"
                .formatted(escaped(value), escaped(name));
    }

    private static String section(String name, String content) {
        return "<h2>%s</h2>%n<div class=\"card\">%n%s%n</div>".formatted(name, content);
    }

    private String legend() {
        var clients =
                IntStream.range(0, report.clients().size())
                        .mapToObj(it ->
                                "<span><i class=\"s%d-key\"></i>client %s</span>"
                                        .formatted(it, report.clients().get(it).name()))
                        .collect(Collectors.joining());
        return "<div class=\"legend\">%s<span><i class=\"band-key\"></i>fault</span></div>"
                .formatted(clients);
    }

    private String gates() {
        var rows =
                report.gates().stream()
                        .map(it ->
                                List.of(
                                        escaped(it.name()),
                                        escaped(it.wanted()),
                                        escaped(it.measured()),
                                        mark(it.passed())))
                        .toList();
        return Table.of(List.of("gate", "wanted", "measured", ""), rows);
    }

    private static String mark(boolean good) {
        return "<b class=\"%s\">%s</b>".formatted(colour(good), good ? "kept" : "broken");
    }

    private String clients() {
        var head =
                List.of(
                        "client",
                        "#RTO",
                        "#99 % of the rate back",
                        "#payments",
                        "#acknowledged",
                        "#failed",
                        "#first try failed",
                        "#unknown",
                        "#open",
                        "#p50",
                        "#p99",
                        "#max");
        return Table.of(head, report.clients().stream().map(ReportHtml::client).toList());
    }

    private static List<String> client(ClientView it) {
        return List.of(
                escaped(it.name()),
                Words.seconds(it.outage().rto()),
                it.outage().back().map(Words::seconds).orElse("never"),
                Words.number(it.payments()),
                Words.number(it.acknowledged()),
                Words.number(it.failed()),
                Words.number(it.firstTryFailed()),
                Words.number(it.unknownSeen()),
                Words.number(it.open()),
                Words.millis(it.p50()),
                Words.millis(it.p99()),
                Words.millis(it.max()));
    }

    private String faults() {
        var rows =
                report.faults().stream()
                        .map(it ->
                                List.of(
                                        escaped(it.name()),
                                        escaped(it.targets()),
                                        Words.clock(it.from()),
                                        it.until().map(Words::clock).orElse("not healed"),
                                        it.evidence()
                                                .map(Words::escaped)
                                                .orElse("<b class=\"bad\">not proved</b>")))
                        .toList();
        return Table.of(List.of("fault", "targets", "from", "until", "measured proof"), rows);
    }

    private String costs() {
        var rows =
                report.judgement().outages().stream()
                        .map(it ->
                                List.of(
                                        "%s %s".formatted(escaped(it.id()), escaped(it.fault())),
                                        Words.seconds(it.gap()),
                                        it.rateBack().map(Words::seconds).orElse("not seen")))
                        .toList();
        return Table.of(List.of("fault", "#nobody served", "#99 % of the rate back"), rows);
    }

    private String steps() {
        var head = List.of("at", "phase", "command, and what it printed", "#took", "exit");
        return Table.of(head, report.steps().stream().map(ReportHtml::step).toList());
    }

    private static List<String> step(StepDone it) {
        var evidence =
                it.evidence().isBlank()
                        ? ""
                        : "<details%s><summary>output</summary><pre>%s</pre></details>"
                                .formatted(it.fine() ? "" : " open", escaped(it.evidence()));
        return List.of(
                Words.clock(it.at()),
                escaped(it.phase()),
                "<code>%s</code>%s".formatted(escaped(it.command()), evidence),
                Words.seconds(it.took()),
                it.complaint()
                        .map(why -> "<b class=\"bad\">%s</b>".formatted(escaped(why)))
                        .orElseGet(() -> Integer.toString(it.exit())));
    }

    private String invariants() {
        var rows =
                report.judgement().laws().stream()
                        .map(it ->
                                List.of(
                                        escaped(it.id()),
                                        escaped(it.statement()),
                                        Words.number(it.checked()),
                                        Words.number(it.violations()),
                                        state(it.state())))
                        .toList();
        var words =
                report.judgement().words().stream()
                        .map(it -> "<pre class=\"bad\">%s</pre>".formatted(escaped(it)))
                        .collect(Collectors.joining());
        return Table.of(List.of("", "statement", "#checked", "#violations", "state"), rows) + words;
    }

    private static String state(String state) {
        return switch (state) {
            case "kept" -> "<span class=\"good\">kept</span>";
            case "violated" -> "<b class=\"bad\">violated</b>";
            default -> "<span class=\"soft\">%s</span>".formatted(escaped(state));
        };
    }

    private String versions() {
        return Table.of(
                List.of("part", "version"),
                report.versions().entrySet().stream().map(ReportHtml::version).toList());
    }

    private static List<String> version(Map.Entry<String, String> part) {
        return List.of(escaped(part.getKey()), "<code>" + escaped(part.getValue()) + "</code>");
    }

    private String footer() {
        return "<footer>Repeat it: <code>./gateway drill %s --seed %d</code></footer>"
                .formatted(report.subject().drill(), report.subject().seed());
    }
}
