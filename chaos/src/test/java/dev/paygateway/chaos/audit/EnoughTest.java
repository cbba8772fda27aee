package dev.paygateway.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.vorburger.exec.ManagedProcessException;
import dev.paygateway.chaos.audit.evidence.Regions;
import dev.paygateway.chaos.audit.judge.Law;
import dev.paygateway.chaos.audit.secrecy.Canary;
import dev.paygateway.chaos.audit.secrecy.Page;
import dev.paygateway.chaos.audit.secrecy.Stores;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: a run that broke nothing passes only if it did enough in each region, met unknown outcomes,
 * and had every fault proved; more is asked of it when faults were played.
 *
 * <p>Method: the consistent world in real files and a real database, with other demands each time.
 */
class EnoughTest {
    private static final Regions REGIONS =
            new Regions(Map.of("east", Set.of("https://east"), "north", Set.of("https://north")));

    @TempDir static Path server;
    private static AuditedDatabase database;

    @TempDir Path folder;
    private Connection connection;
    private AuditInput.Builder input;

    @BeforeAll
    static void start() throws ManagedProcessException, IOException, SQLException {
        database = AuditedDatabase.start(server);
    }

    @AfterAll
    static void stop() throws ManagedProcessException {
        database.stop();
    }

    @BeforeEach
    void write() throws SQLException, IOException {
        var world = World.consistent();
        connection = database.connect();
        var tables = new Tables(connection);
        tables.clear();
        tables.fill(world);
        input =
                AuditInput.of(
                        List.of(Papers.history(world, folder)),
                        Papers.books(world, folder),
                        database.address());
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    private Verdict audit(UnaryOperator<AuditInput.Builder> demands)
            throws SQLException, InterruptedException {
        var verdict = new Audit(InstantSource.system(), _ -> {}).run(demands.apply(input).build());
        assertThat(verdict.violated()).isZero();
        assertThat(verdict.passed()).isEqualTo(verdict.shortfalls().isEmpty());
        return verdict;
    }

    private Path faults(String... events) throws IOException {
        var lines =
                List.of(events).stream()
                        .map(event ->
                                """
                                {"id":"f-1","fault":"process-kill","kind":"PodChaos",\
                                "targets":["gateway-1"],%s}\
                                """
                                        .formatted(event))
                        .toList();
        return Files.write(folder.resolve("faults.jsonl"), lines);
    }

    @Test
    void aLoadThatDidWhatIsAskedPasses() throws Exception {
        var verdict = audit(it -> it.enough(new Enough(9, 0, 2)));
        assertThat(verdict.shortfalls()).isEmpty();
        assertThat(verdict.passed()).isTrue();
    }

    @Test
    void tooFewAcknowledgedFail() throws Exception {
        assertThat(audit(it -> it.enough(new Enough(10, 0, 0))).shortfalls())
                .containsExactly("9 acknowledged operations where 10 are needed");
    }

    @Test
    void tooFewUnknownsFail() throws Exception {
        assertThat(audit(it -> it.enough(new Enough(1, 0, 3))).shortfalls())
                .containsExactly("2 unknown outcomes where 3 are needed");
    }

    @Test
    void aRegionThatDidNothingFails() throws Exception {
        var verdict = audit(it -> it.regions(REGIONS).enough(new Enough(1, 1, 0)));
        assertThat(verdict.shortfalls())
                .containsExactly("0 operations acknowledged by region north where 1 are needed");
        assertThat(verdict.acknowledgedByRegion()).containsEntry("east", 9L);
    }

    @Test
    void aProvedFaultIsHeldAgainstI17() throws Exception {
        var log =
                faults(
                        "\"event\":\"injected\",\"at\":\"2026-11-24T02:00:00.900Z\"",
                        """
                        "event":"proved","at":"2026-11-24T02:00:01Z",\
                        "evidence":{"what":"pid 7","before":"alive","during":"gone"}\
                        """,
                        "\"event\":\"healed\",\"at\":\"2026-11-24T02:00:01.500Z\"");
        var verdict = audit(it -> it.faults(log).enough(new Enough(9, 0, 2)));
        assertThat(verdict.notYet()).doesNotContainKey(Law.I17);
        assertThat(verdict.outages()).hasSize(1);
        assertThat(verdict.shortfalls()).isEmpty();
    }

    @Test
    void anUnprovedFaultAndTheDemandsOfARunWithFaultsFail() throws Exception {
        var log = faults("\"event\":\"injected\",\"at\":\"2026-11-24T02:00:00.900Z\"");
        assertThat(audit(it -> it.faults(log)).shortfalls())
                .anyMatch(missing -> missing.endsWith("it tested nothing"))
                .contains("9 acknowledged operations where 100 are needed");
    }

    @Test
    void aPageThatCannotBeSearchedFails() throws Exception {
        var page = new Page(URI.create("http://127.0.0.1:1/metrics"), SSLContext.getDefault());
        var canary = new Canary("root", "s.0123456789");
        var stores = new Stores(List.of(), Set.of(), List.of(page), List.of(canary));
        assertThat(audit(it -> it.stores(stores)).shortfalls())
                .containsExactly(
                        "not searched for secrets: http://127.0.0.1:1/metrics lets nobody connect");
    }

    @Test
    void aFaultOfAnotherTimeIsNotOfThisRun() throws Exception {
        var log =
                faults(
                        "\"event\":\"injected\",\"at\":\"2026-11-23T02:00:00Z\"",
                        "\"event\":\"healed\",\"at\":\"2026-11-23T02:01:00Z\"");
        var verdict = audit(it -> it.faults(log));
        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.notYet()).containsKey(Law.I17);
    }
}
