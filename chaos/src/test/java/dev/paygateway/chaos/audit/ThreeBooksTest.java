package dev.paygateway.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.vorburger.exec.ManagedProcessException;
import dev.paygateway.chaos.audit.evidence.BrokenEvidence;
import dev.paygateway.chaos.audit.judge.Law;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: what is true in memory is true of real files and a real database: a clean run passes, and a
 * row or line changed by hand is found.
 *
 * <p>Method: the consistent world written as a history, two books and rows of a real MariaDB with
 * the service's own tables; one statement or line breaks it.
 */
class ThreeBooksTest {
    @TempDir static Path server;
    private static AuditedDatabase database;

    @TempDir Path folder;
    private Connection connection;
    private Tables tables;
    private Path history;
    private List<Path> books;

    @BeforeAll
    static void start() throws ManagedProcessException, IOException, SQLException {
        database = AuditedDatabase.start(server);
    }

    @AfterAll
    static void stop() throws ManagedProcessException {
        database.stop();
    }

    @BeforeEach
    void writeAllThree() throws SQLException, IOException {
        var world = World.consistent();
        history = Papers.history(world, folder);
        books = Papers.books(world, folder);
        connection = database.connect();
        tables = new Tables(connection);
        tables.clear();
        tables.fill(world);
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    private Verdict audit() throws SQLException, InterruptedException {
        var input = AuditInput.of(List.of(history), books, database.address()).build();
        return new Audit(InstantSource.system(), _ -> {}).run(input);
    }

    @Test
    void aCleanRunPasses() throws SQLException, InterruptedException {
        var verdict = audit();
        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.work().acknowledged()).isEqualTo(9);
    }

    @Test
    void aDeletedPaymentIsFound() throws SQLException, InterruptedException {
        tables.execute("DELETE FROM payment WHERE id = 'pay_sale'");
        assertThat(World.broken(audit())).containsExactlyInAnyOrder(Law.I1, Law.I12);
    }

    @Test
    void aChangedAmountIsFound() throws SQLException, InterruptedException {
        tables.execute("UPDATE payment SET refunded = 501 WHERE id = 'pay_sale'");
        assertThat(World.broken(audit())).containsExactlyInAnyOrder(Law.I3, Law.I7);
    }

    @Test
    void aChangedAnswerIsFound() throws SQLException, InterruptedException {
        tables.execute("UPDATE idempotency SET body = 'other' WHERE idem_key = 'run-sale'");
        assertThat(World.broken(audit())).containsExactly(Law.I9);
    }

    @Test
    void aGhostChargeInABookIsFound() throws SQLException, InterruptedException, IOException {
        append(
                books.get(1),
                """
                {"n":1,"at":"2026-11-24T02:00:00.123Z","entry":"effect","acquirer":"basalt",\
                "effect":"authorized","reference":"op_ghost","original":null,\
                "merchant_account":"acct_m_demo1","amount":4711,"currency":"EUR"}
                """);
        assertThat(World.broken(audit())).containsExactly(Law.I3);
    }

    @Test
    void aTornLastLineIsPassedOver() throws SQLException, InterruptedException, IOException {
        append(books.get(0), "{\"n\":99,\"at\":\"2026-");
        append(history, "{\"type\":\"inv");
        assertThat(audit().passed()).isTrue();
    }

    @Test
    void aBookTornInTheMiddleIsRefused() throws IOException {
        append(books.get(0), "{\"n\":99,\"at\":\"2026-\n{}\n");
        assertThatThrownBy(this::audit)
                .isInstanceOf(BrokenEvidence.class)
                .hasMessageContaining("amber.jsonl line")
                .hasMessageContaining("torn");
    }

    @Test
    void aBookThatLacksALineIsRefused() throws IOException {
        var lines = Files.readAllLines(books.get(0));
        lines.remove(3);
        Files.write(books.get(0), lines);
        assertThatThrownBy(this::audit)
                .isInstanceOf(BrokenEvidence.class)
                .hasMessageContaining("field \"n\"");
    }

    @Test
    void aMissingBookIsRefused() throws IOException {
        Files.delete(books.get(0));
        assertThatThrownBy(this::audit)
                .isInstanceOf(BrokenEvidence.class)
                .hasMessageContaining("amber.jsonl is not there");
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }
}
