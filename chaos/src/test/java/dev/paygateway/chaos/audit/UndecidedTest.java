package dev.paygateway.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.vorburger.exec.ManagedProcessException;
import dev.paygateway.chaos.audit.evidence.BookLine.Effect;
import dev.paygateway.chaos.audit.judge.Law;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: an effect that the database does not tell of, and that is too young to be judged, never
 * ends a one-shot audit well: it is waited for, and what may then still not be judged is a
 * shortfall. An audit of a running system leaves it to its next round.
 *
 * <p>Method: a world that ended half a minute ago in real files and a real database; instead of the
 * audit's rest, it grows old, is mended, or stays as it is.
 */
final class UndecidedTest {
    private static final Duration YOUNG = Duration.ofSeconds(60);
    private static final Duration OLD = YOUNG.plus(World.BOUND);

    @TempDir static Path server;
    private static AuditedDatabase database;

    @TempDir private Path folder;
    private final Instant begun = Instant.now();
    private final List<String> progress = new ArrayList<>();
    private Instant now = begun;
    private Connection connection;

    @BeforeAll
    static void start() throws ManagedProcessException, IOException, SQLException {
        database = AuditedDatabase.start(server);
    }

    @AfterAll
    static void stop() throws ManagedProcessException {
        database.stop();
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = database.connect();
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    /** A world that began so long ago, with something planted in it. */
    private void write(Duration age, Consumer<World> mistake) {
        var world = World.consistent(begun.minus(age));
        mistake.accept(world);
        try {
            var tables = new Tables(connection);
            tables.clear();
            tables.fill(world);
            Papers.history(world, folder);
            Papers.books(world, folder);
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private AuditInput input() {
        var books = List.of(folder.resolve("amber.jsonl"), folder.resolve("basalt.jsonl"));
        var history = folder.resolve("load-test.jsonl");
        return AuditInput.of(List.of(history), books, database.address()).build();
    }

    /** The audit, and what becomes of the world while it rests. */
    private Verdict audit(Runnable meanwhile) throws SQLException, InterruptedException {
        Settling.Pause pause =
                time -> {
                    now = now.plus(time);
                    meanwhile.run();
                };
        return new Audit(() -> now, new Settling(() -> now, pause, progress::add)).run(input());
    }

    private static void returned(World world) {
        unbooked(world.story("bounced", 900, true));
        world.book.add(
                Copy.with((Effect) world.book.getLast(), "kind", Effect.Kind.REFUND_RETURNED));
    }

    private static void returnedAndBooked(World world) {
        unbooked(world.story("bounced", 900, true)).comeBack();
    }

    private static Story unbooked(Story story) {
        return story.approve().refund("bounce", 900).succeed();
    }

    @Test
    void aChargeWithoutARowIsJudgedOnceItIsOldEnough() throws Exception {
        write(YOUNG, Mistakes::ghostOfSilentKey);
        var verdict = audit(() -> write(OLD, Mistakes::ghostOfSilentKey));
        assertThat(World.broken(verdict)).containsExactly(Law.I11);
        assertThat(progress).hasSize(1).allMatch(line -> line.startsWith("1 effects"));
    }

    @Test
    void aReturnThatIsNeverBookedIsJudgedOnceItIsOldEnough() throws Exception {
        write(YOUNG, UndecidedTest::returned);
        var verdict = audit(() -> write(OLD, UndecidedTest::returned));
        assertThat(World.broken(verdict)).containsExactly(Law.I3);
    }

    @Test
    void aReturnThatIsBookedMeanwhileIsRight() throws Exception {
        write(YOUNG, UndecidedTest::returned);
        assertThat(audit(() -> write(YOUNG, UndecidedTest::returnedAndBooked)).passed()).isTrue();
        assertThat(progress).hasSize(1);
    }

    @Test
    void whatStaysTooYoungIsAShortfall() throws Exception {
        write(YOUNG, Mistakes::ghostOfSilentKey);
        var verdict = audit(() -> {});
        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.shortfalls()).singleElement().asString().startsWith("1 effects");
        assertThat(verdict.passed()).isFalse();
    }

    @Test
    void anAuditOfARunningSystemLeavesItToItsNextRound() throws Exception {
        write(YOUNG, Mistakes::ghostOfSilentKey);
        assertThat(Audit.ofRunningSystem(() -> now).run(input()).passed()).isTrue();
        write(OLD, Mistakes::ghostOfSilentKey);
        assertThat(World.broken(Audit.ofRunningSystem(() -> now).run(input())))
                .containsExactly(Law.I11);
    }
}
