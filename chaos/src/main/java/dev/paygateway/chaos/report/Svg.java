package dev.paygateway.chaos.report;

import com.google.errorprone.annotations.FormatMethod;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A drawing that stands in the page itself; its colours are the page's classes. */
final class Svg {
    private final StringBuilder text = new StringBuilder(16_384);
    private final int width;
    private final int height;

    /** A point of the drawing: to the right and down. */
    record Point(double x, double y) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
        }
    }

    /** A box of the drawing. */
    record Box(double x, double y, double width, double height) {}

    Svg(int width, int height) {
        this.width = width;
        this.height = height;
    }

    void line(String style, Point from, Point to) {
        add(
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                style, from.x(), from.y(), to.x(), to.y());
    }

    /** A line through points; nothing where there are less than two. */
    void path(String style, List<Point> points) {
        if (points.size() > 1) {
            var through = points.stream().map(Point::toString).collect(Collectors.joining(" "));
            add("<polyline class=\"%s\" points=\"%s\"/>", style, through);
        }
    }

    /** A box with words for the one who points at it. */
    void box(String style, Box box, String words) {
        add(
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">"
                        + "<title>%s</title></rect>",
                style,
                box.x(),
                box.y(),
                Math.max(1, box.width()),
                box.height(),
                Words.escaped(words));
    }

    void text(String style, Point at, String words) {
        add(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>",
                style, at.x(), at.y(), Words.escaped(words));
    }

    /** The whole of it, described for those who cannot see it. */
    String drawing(String description) {
        return String.format(
                Locale.ROOT,
                "<svg role=\"img\" aria-label=\"%s\" viewBox=\"0 0 %d %d\">%n%s</svg>",
                Words.escaped(description),
                width,
                height,
                text);
    }

    @FormatMethod
    private void add(String form, Object... values) {
        text.append(String.format(Locale.ROOT, form, values)).append('\n');
    }
}
