package dev.paygateway.chaos.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table in HTML; a column whose name begins with a hash holds numbers. */
final class Table {
    private Table() {}

    /** Heads are text, cells are HTML. */
    static String of(List<String> heads, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return "<p class=\"soft\">none</p>";
        }
        var head =
                heads.stream()
                        .map(it -> "<th%s>%s</th>".formatted(kind(it), it.replaceFirst("^#", "")))
                        .collect(Collectors.joining());
        var body = rows.stream().map(row -> row(heads, row)).collect(Collectors.joining("\n"));
        return "<table>\n<thead><tr>%s</tr></thead>\n<tbody>\n%s\n</tbody>\n</table>"
                .formatted(head, body);
    }

    private static String row(List<String> heads, List<String> cells) {
        return IntStream.range(0, heads.size())
                .mapToObj(it -> "<td%s>%s</td>".formatted(kind(heads.get(it)), cells.get(it)))
                .collect(Collectors.joining("", "<tr>", "</tr>"));
    }

    private static String kind(String head) {
        if (head.startsWith("#")) {
            return " class=\"number\"";
        }
        return switch (head) {
            case "at", "from", "until" -> " class=\"time\"";
            default -> "";
        };
    }
}
