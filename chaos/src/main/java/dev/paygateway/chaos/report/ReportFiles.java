package dev.paygateway.chaos.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Where reports are kept: a folder a drill, named by the drill and when it began. */
public final class ReportFiles {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private ReportFiles() {}

    /**
     * Writes both forms of a report.
     *
     * @param folder of all drills' reports
     * @return the page
     */
    public static Path write(Path folder, DrillReport report) {
        var subject = report.subject();
        var own =
                folder.resolve("%s-%s".formatted(subject.drill(), TIME.format(subject.started())));
        write(own.resolve("report.json"), ReportJson.of(report));
        return write(own.resolve("report.html"), ReportHtml.of(report));
    }

    /** The report as one JSON object. */
    public static String json(DrillReport report) {
        return ReportJson.of(report);
    }

    static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.writeString(file, text);
        } catch (IOException refused) {
            throw new UncheckedIOException("report " + file + " cannot be written", refused);
        }
    }
}
