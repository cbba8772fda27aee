package dev.paygateway.chaos.report;

import dev.paygateway.chaos.report.Svg.Box;
import dev.paygateway.chaos.report.Svg.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The one picture of a drill: faults and outages as bars, below them on the same axis of time the
 * rate, the latency and the unknown outcomes of each client.
 */
final class TimeLine {
    private static final int WIDTH = 1_000;
    private static final double LEFT = 66;
    private static final double RIGHT = WIDTH - 14.0;
    private static final double BAR = 20;
    private static final double TOP = 8;
    private static final double PANEL = 150;
    private static final double SMALL_PANEL = 64;
    private static final double BETWEEN = 34;
    private static final double LATENCY_LOW_MS = 10;

    /** About what a letter is wide. */
    private static final double LETTER = 6.4;

    private final DrillReport report;
    private final Instant start;
    private final Scale time;
    private final double barsEnd;
    private final double end;
    private final Svg svg;

    private TimeLine(DrillReport report) {
        this.report = report;
        start = edge(report, (one, other) -> one.isBefore(other) ? one : other);
        var last = edge(report, (one, other) -> one.isAfter(other) ? one : other);
        time = Scale.linear(0, seconds(start, last), LEFT, RIGHT);
        barsEnd = TOP + BAR * (report.faults().size() + report.clients().size());
        end = barsEnd + 3 * BETWEEN + 2 * PANEL + SMALL_PANEL;
        svg = new Svg(WIDTH, (int) end + 44);
    }

    static String of(DrillReport report) {
        return new TimeLine(report).drawing();
    }

    private static Instant edge(DrillReport report, BinaryOperator<Instant> which) {
        return report.clients().stream()
                .flatMap(client -> client.seconds().stream())
                .map(Second::at)
                .reduce(which)
                .orElse(report.faultAt());
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1e3;
    }

    private double x(Instant at) {
        return time.at(seconds(start, at));
    }

    private String drawing() {
        bands();
        axis();
        bars();
        var top = barsEnd + BETWEEN;
        rates(top);
        top += PANEL + BETWEEN;
        latencies(top);
        top += PANEL + BETWEEN;
        unknowns(top);
        return svg.drawing("Rate, latency and unknown outcomes over time, with faults and outages");
    }

    /** Through all panels: while something was broken. */
    private void bands() {
        for (var fault : report.faults()) {
            var from = x(fault.from());
            var box = new Box(from, TOP, x(healed(fault)) - from, end - TOP);
            svg.box("band", box, fault.name() + ": " + fault.targets());
        }
    }

    private Instant healed(FaultSpan fault) {
        return fault.until().orElse(report.subject().ended());
    }

    private void bars() {
        var top = TOP;
        for (var fault : report.faults()) {
            var words = "%s %s".formatted(fault.name(), lasted(fault.from(), healed(fault)));
            bar("fault", top, new Bar(fault.from(), healed(fault), words));
            top += BAR;
        }
        for (int each = 0; each < report.clients().size(); each++) {
            var client = report.clients().get(each);
            var outage = client.outage();
            var words = "RTO %s %s".formatted(client.name(), Words.seconds(outage.rto()));
            bar("s" + each, top, new Bar(outage.from(), outage.until(), words));
            top += BAR;
        }
    }

    private record Bar(Instant from, Instant until, String words) {}

    private static String lasted(Instant from, Instant until) {
        return Words.seconds(Duration.between(from, until));
    }

    /** The words stand behind the bar, or before it where the drawing ends. */
    private void bar(String style, double top, Bar bar) {
        var from = x(bar.from());
        var until = x(bar.until());
        svg.box("bar " + style, new Box(from, top + 4, until - from, BAR - 8), bar.words());
        boolean behind = until + 6 + bar.words().length() * LETTER < RIGHT;
        var at = new Point(behind ? until + 6 : from - 6, top + BAR - 6);
        svg.text(behind ? "label" : "label ends", at, bar.words());
    }

    private void rates(double top) {
        var scale = Scale.linear(0, 1.1 * most(Second::acknowledged), top + PANEL, top);
        panel("acknowledged / s", top, PANEL, scale);
        curves("", scale, second -> OptionalDouble.of(second.acknowledged()));
    }

    private void latencies(double top) {
        var high = most(second -> second.p99().toMillis());
        var scale = Scale.logarithmic(LATENCY_LOW_MS, high, top + PANEL, top);
        panel("latency of a payment, ms: p50 thin, p99 thick", top, PANEL, scale);
        curves(" thin", scale, second -> latency(second, second.p50()));
        curves("", scale, second -> latency(second, second.p99()));
    }

    private void unknowns(double top) {
        var scale = Scale.linear(0, most(Second::unknown), top + SMALL_PANEL, top);
        panel("unknown outcomes / s", top, SMALL_PANEL, scale);
        forEachClient((style, client) -> {
            var beside = style.equals("s0") ? 0 : 3;
            client.seconds().stream()
                    .filter(second -> second.unknown() > 0)
                    .forEach(second -> unknown("bar " + style, second, beside, scale));
        });
    }

    private void unknown(String style, Second second, int beside, Scale scale) {
        var y = scale.at(second.unknown());
        var box = new Box(x(second.at()) + beside, y, 3, scale.at(0) - y);
        svg.box(style, box, second.unknown() + " unknown");
    }

    private double most(ToDoubleFunction<Second> value) {
        return report.clients().stream()
                .flatMap(client -> client.seconds().stream())
                .mapToDouble(value)
                .max()
                .orElse(1);
    }

    private void panel(String name, double top, double height, Scale scale) {
        svg.text("name", new Point(LEFT, top - 8), name);
        for (var tick : scale.ticks()) {
            var y = scale.at(tick);
            svg.line("grid", new Point(LEFT, y), new Point(RIGHT, y));
            svg.text("tick ends", new Point(LEFT - 6, y + 4), number(tick));
        }
        svg.line("base", new Point(LEFT, top + height), new Point(RIGHT, top + height));
    }

    /** A second in which no payment arrived that was ever answered has none. */
    private static OptionalDouble latency(Second second, Duration latency) {
        return second.p99().isZero()
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) latency.toMillis());
    }

    private void curves(String weight, Scale scale, Function<Second, OptionalDouble> value) {
        forEachClient((style, client) -> {
            var points = new ArrayList<Point>();
            for (var second : client.seconds()) {
                value.apply(second)
                        .ifPresent(it -> points.add(new Point(x(second.at()), scale.at(it))));
            }
            svg.path("curve " + style + weight, points);
        });
    }

    @FunctionalInterface
    private interface Drawer {
        void draw(String style, ClientView client);
    }

    private void forEachClient(Drawer drawer) {
        List<ClientView> clients = report.clients();
        IntStream.range(0, clients.size())
                .forEach(each -> drawer.draw("s" + each, clients.get(each)));
    }

    private void axis() {
        for (var tick : time.ticks()) {
            svg.line("grid", new Point(time.at(tick), TOP), new Point(time.at(tick), end));
            svg.text("tick middle", new Point(time.at(tick), end + 16), number(tick));
        }
        svg.text(
                "tick ends",
                new Point(RIGHT, end + 34),
                "seconds; 0 is " + start.toString().replaceFirst("T", " "));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value % 1 > 0 ? "%.1f" : "%.0f", value);
    }
}
