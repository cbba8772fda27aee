package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What to judge and how strictly.
 *
 * @param histories files of {@code ./gateway load}; one at least
 * @param books one file an acquirer
 * @param settle the bound of I16 after the end of the run, which the audit waits for at most
 * @param strict whether every payment made during a run must stand in its history
 * @param acknowledgedMin fewer acknowledged operations prove nothing, and the verdict is red
 */
public record AuditInput(
        List<Path> histories,
        List<Path> books,
        Database.Address database,
        Duration settle,
        boolean strict,
        int acknowledgedMin) {
    /** The longest a simulated acquirer hides an effect (60 s), 60 s more, and 10 s to spare. */
    public static final Duration SETTLE = Duration.ofSeconds(130);

    public AuditInput {
        histories = List.copyOf(histories);
        books = List.copyOf(books);
        require(!histories.isEmpty(), "histories", "is empty", "run ./gateway load first");
        require(!books.isEmpty(), "books", "is empty", "name each acquirer's book");
        require(!settle.isNegative(), "settle", "is negative", "give a time such as 130s");
        require(acknowledgedMin > 0, "acknowledgedMin", "is below 1", "an audit of nothing is red");
    }

    private static void require(boolean holds, String field, String problem, String remedy) {
        if (!holds) {
            throw new IllegalArgumentException(field + " " + problem + ": " + remedy);
        }
    }
}
