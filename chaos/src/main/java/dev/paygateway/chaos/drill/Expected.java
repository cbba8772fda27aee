package dev.paygateway.chaos.drill;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a page expects of a command, behind its hash.
 *
 * @param exit the exit code that it must end with
 * @param within for how long it is repeated until all of this is so
 * @param shows words that it must print
 * @param lacks words that it must not print
 */
record Expected(int exit, Optional<Duration> within, List<String> shows, List<String> lacks) {
    /** That it succeeds, at once. */
    static final Expected SUCCESS = new Expected(0, Optional.empty(), List.of(), List.of());

    Expected {
        shows = List.copyOf(shows);
        lacks = List.copyOf(lacks);
    }

    /** What is otherwise; nothing if all is as expected. */
    Optional<String> complaint(Launcher.Outcome outcome) {
        if (outcome.exit() != exit) {
            return Optional.of("exit %d instead of %d".formatted(outcome.exit(), exit));
        }
        var missing = shows.stream().filter(word -> !outcome.output().contains(word)).toList();
        var found = lacks.stream().filter(word -> outcome.output().contains(word)).toList();
        if (!missing.isEmpty()) {
            return Optional.of("shows no " + String.join(", no ", missing));
        }
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of("shows " + String.join(", ", found));
    }
}
