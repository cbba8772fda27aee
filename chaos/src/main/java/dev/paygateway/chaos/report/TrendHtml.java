package dev.paygateway.chaos.report;

import static dev.paygateway.chaos.report.Words.escaped;

import dev.paygateway.chaos.report.Svg.Box;
import dev.paygateway.chaos.report.Svg.Point;
import dev.paygateway.chaos.report.Trend.Past;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The trend as one page: for each drill its outages as columns, and a table beneath. */
final class TrendHtml {
    private static final int WIDTH = 1_000;
    private static final int HEIGHT = 130;
    private static final double FLOOR = 104;
    private static final double CEILING = 22;
    private static final double LEFT = 60;
    private static final double COLUMN_MAX = 46;

    private TrendHtml() {}

    static String of(Trend trend) {
        var drills =
                trend.drills().entrySet().stream()
                        .map(TrendHtml::drill)
                        .collect(Collectors.joining("\n"));
        return "%s<h1>Drills over time</h1>%n%s%n</body>%n</html>%n"
                .formatted(ReportHtml.head("Drills over time"), drills);
    }

    private static String drill(Map.Entry<String, List<Past>> drill) {
        var head =
                List.of(
                        "at",
                        "commit",
                        "verdict",
                        "#RTO",
                        "#failed",
                        "#p99",
                        "#acknowledged",
                        "regression");
        var rows = drill.getValue().reversed().stream().map(TrendHtml::row).toList();
        return "<h2>%s</h2>%n<div class=\"card\">%s%s</div>"
                .formatted(
                        escaped(drill.getKey()),
                        columns(drill.getKey(), drill.getValue()),
                        Table.of(head, rows));
    }

    private static List<String> row(Past run) {
        return List.of(
                Words.time(run.started()),
                "<code>%s</code>".formatted(escaped(run.commit())),
                run.passed() ? "<span class=\"good\">passed</span>" : "<b class=\"bad\">failed</b>",
                Words.seconds(Duration.ofMillis(run.rtoMs())),
                Words.number(run.failed()),
                Words.number(run.p99Ms()) + " ms",
                Words.number(run.acknowledged()),
                "<span class=\"bad\">%s</span>"
                        .formatted(escaped(String.join("; ", run.regressions()))));
    }

    /** One column a run, as high as its outage was long. */
    private static String columns(String drill, List<Past> runs) {
        var svg = new Svg(WIDTH, HEIGHT);
        var most = runs.stream().mapToLong(Past::rtoMs).max().orElse(1) / 1e3;
        var scale = Scale.linear(0, most * 1.1, FLOOR, CEILING);
        svg.text("name", new Point(LEFT, 12), "RTO of each run, s");
        svg.line("base", new Point(LEFT, FLOOR), new Point(WIDTH - 10.0, FLOOR));
        var step = Math.min(COLUMN_MAX, (WIDTH - 10 - LEFT) / runs.size());
        for (int each = 0; each < runs.size(); each++) {
            var run = runs.get(each);
            var top = scale.at(run.rtoMs() / 1e3);
            var box = new Box(LEFT + each * step + 3, top, step - 6, FLOOR - top);
            var bad = !run.passed() || !run.regressions().isEmpty();
            svg.box(bad ? "bar fault" : "bar s0", box, run.started() + " " + run.commit());
            var middle = new Point(box.x() + box.width() / 2, top - 4);
            svg.text(
                    "tick middle",
                    middle,
                    Words.seconds(Duration.ofMillis(run.rtoMs())).replace(" s", ""));
        }
        return svg.drawing("RTO of each run of " + drill);
    }
}
