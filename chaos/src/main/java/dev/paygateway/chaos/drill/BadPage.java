package dev.paygateway.chaos.drill;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A run-book page that cannot be played. */
final class BadPage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadPage(Path file, List<Problem> problems) {
        super(
                problems.stream()
                        .map(it -> "%s:%d: %s".formatted(file, it.line(), it.what()))
                        .collect(Collectors.joining(System.lineSeparator())));
    }

    /** One thing that is wrong with it. */
    record Problem(int line, String what) {}
}
