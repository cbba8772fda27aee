package dev.paygateway.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.vorburger.exec.ManagedProcessException;
import dev.paygateway.chaos.lab.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: who asks for the verdict hears of the first violation until an operator has acknowledged
 * it, is never told that all is well before an audit has ended, and not alarmed by work in hand.
 *
 * <p>Method: the consistent world in real files and a real database, asked over real HTTP between
 * rounds of the audit; statements break and mend it.
 */
final class ServedVerdictTest {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final Duration EVERY = Duration.ofMillis(50);

    @TempDir static Path server;
    private static AuditedDatabase database;

    @TempDir private Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Docket docket = new Docket();
    private Connection connection;
    private Tables tables;
    private ContinuousAudit audit;
    private VerdictServer verdicts;
    private Path history;
    private Enough enough = Enough.OF_LOAD;
    private volatile Instant now = Instant.now();

    @BeforeAll
    static void start() throws ManagedProcessException, IOException, SQLException {
        database = AuditedDatabase.start(server);
    }

    @AfterAll
    static void stop() throws ManagedProcessException {
        database.stop();
    }

    @BeforeEach
    @SuppressWarnings("MustBeClosed") // closed after each test
    void serve() throws SQLException, IOException {
        var world = World.consistent();
        history = Papers.history(world, folder);
        var input =
                AuditInput.of(List.of(history), Papers.books(world, folder), database.address());
        connection = database.connect();
        tables = new Tables(connection);
        tables.clear();
        tables.fill(world);
        audit =
                new ContinuousAudit(
                        InstantSource.system(),
                        () -> input.enough(enough).build(),
                        EVERY,
                        docket,
                        log::add);
        verdicts =
                new VerdictServer(
                        () -> now,
                        docket,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        log::add);
    }

    @AfterEach
    void end() throws SQLException {
        verdicts.close();
        client.close();
        connection.close();
    }

    @Test
    void nothingIsProvedBeforeAnAuditHasEnded() throws IOException, InterruptedException {
        assertThat(verdict().statusCode()).isEqualTo(503);
        audit.round();
        assertThat(verdict().statusCode()).isEqualTo(200);
        assertThat(verdict().body()).contains("\"verdict\":\"passed\"", "\"audited_at\"");
    }

    @Test
    void aViolationStandsUntilItIsAcknowledged()
            throws IOException, InterruptedException, SQLException {
        refunded(501);
        audit.round();
        assertThat(verdict().statusCode()).isEqualTo(500);
        assertThat(verdict().body()).contains("pay_sale", "\"I3\"");
        assertThat(log).anyMatch(line -> line.contains("I3 pay_sale: "));
        refunded(500);
        audit.round();
        assertThat(verdict().statusCode()).isEqualTo(500);

        assertThat(acknowledge("{\"reason\":\"changed by hand, mended\"}")).isEqualTo(200);
        assertThat(log).anyMatch(line -> line.contains("changed by hand, mended"));
        assertThat(verdict().statusCode()).isEqualTo(503);
        audit.round();
        assertThat(verdict().statusCode()).isEqualTo(200);
    }

    @Test
    void onlyWhatIsNewAlarmsAfterAnAcknowledgement()
            throws IOException, InterruptedException, SQLException {
        refunded(501);
        audit.round();
        assertThat(acknowledge("{\"reason\":\"known\"}")).isEqualTo(200);
        audit.round();
        assertThat(verdict().statusCode()).isEqualTo(200);
        assertThat(verdict().body()).contains("\"acknowledged_violations\":2");
        tables.execute("DELETE FROM event WHERE payment_id = 'pay_partly' AND seq = 2");
        audit.round();
        assertThat(verdict().statusCode()).isEqualTo(500);
    }

    @Test
    void anAcknowledgementNeedsAReasonAndAViolation()
            throws IOException, InterruptedException, SQLException {
        assertThat(acknowledge("{\"reason\":\"none\"}")).isEqualTo(409);
        refunded(501);
        audit.round();
        assertThat(acknowledge("{}")).isEqualTo(400);
        assertThat(acknowledge("no JSON")).isEqualTo(400);
        assertThat(verdict().statusCode()).isEqualTo(500);
    }

    @Test
    void workInHandIsNoViolation() throws IOException, InterruptedException, SQLException {
        var busy = new World();
        busy.story("in_hand", 900, true);
        tables.fill(busy);
        begun(Duration.ZERO);
        audit.round();
        assertThat(verdict().statusCode()).as(verdict().body()).isEqualTo(200);
        begun(Duration.ofHours(2));
        audit.round();
        assertThat(verdict().statusCode()).isEqualTo(500);
        assertThat(verdict().body()).contains("processing since");
    }

    private void begun(Duration ago) throws SQLException {
        var time = "UTC_TIMESTAMP(3) - INTERVAL " + ago.toSeconds() + " SECOND";
        tables.execute("UPDATE payment SET created_at = " + time + " WHERE id = 'pay_in_hand'");
        tables.execute(
                "UPDATE operation SET created_at = " + time + " WHERE payment_id = 'pay_in_hand'");
    }

    @Test
    void whatCannotBeReadIsNeitherProvedNorRefuted() throws IOException, InterruptedException {
        audit.round();
        Files.delete(history);
        audit.round();
        assertThat(verdict().statusCode()).isEqualTo(503);
        assertThat(verdict().body()).contains("is not there");
    }

    /** A fault may take away what the audit reads; whoever watches the fault bears with it. */
    @Test
    void anAuditOfBeforeWillDoForAWhile() throws IOException, InterruptedException {
        assertThat(within("3m").statusCode()).isEqualTo(503);
        audit.round();
        Files.delete(history);
        audit.round();
        assertThat(verdict().statusCode()).isEqualTo(503);
        assertThat(within("3m").statusCode()).isEqualTo(200);
        assertThat(within("3m").body()).contains("\"unproved\"");
        now = now.plus(Duration.ofMinutes(4));
        assertThat(within("3m").statusCode()).isEqualTo(503);
        assertThat(within("5m").statusCode()).isEqualTo(200);
    }

    /** A round that hangs ends nowhere; what the last one said must not be repeated for ever. */
    @Test
    void thatAllIsWellHoldsForAFewRounds() throws IOException, InterruptedException {
        audit.round();
        assertThat(verdict().statusCode()).isEqualTo(200);
        now = now.plus(Duration.ofMinutes(9));
        assertThat(verdict().statusCode()).isEqualTo(503);
        assertThat(verdict().body()).contains("none has ended since the last, good until");
        assertThat(within("10m").statusCode()).isEqualTo(200);
        assertThat(within("1m").statusCode()).isEqualTo(503);
    }

    @Test
    void thatSomethingIsBrokenHoldsForEver()
            throws IOException, InterruptedException, SQLException {
        refunded(501);
        audit.round();
        now = now.plus(Duration.ofHours(9));
        assertThat(verdict().statusCode()).isEqualTo(500);
    }

    @Test
    void tooLittleToProveIsEnoughWhereNothingIsRefuted() throws IOException, InterruptedException {
        enough = new Enough(1_000_000, 0, 0);
        audit.round();
        assertThat(verdict().statusCode()).isEqualTo(503);
        assertThat(within("3m").statusCode()).isEqualTo(200);
    }

    @Test
    void aViolationStandsForThemToo() throws IOException, InterruptedException, SQLException {
        audit.round();
        refunded(501);
        audit.round();
        assertThat(within("3m").statusCode()).isEqualTo(500);
        assertThat(acknowledge("{\"reason\":\"known\"}")).isEqualTo(200);
        assertThat(within("3m").statusCode()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"within=11m", "within=-1m", "within=soon", "since=3m"})
    void anOlderAuditIsNoneAndNothingIsGuessed(String query)
            throws IOException, InterruptedException {
        audit.round();
        assertThat(send(request("/audit/verdict?" + query).build()).statusCode()).isEqualTo(400);
    }

    @Test
    void goesOnByItself() throws InterruptedException {
        var rounds = Thread.ofVirtual().start(this::goOn);
        assertThat(Await.holds(BOUND, () -> docket.standing(now).http() == Docket.KEPT)).isTrue();
        rounds.interrupt();
        assertThat(rounds.join(BOUND)).isTrue();
    }

    private void goOn() {
        try {
            audit.run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void refunded(int amount) throws SQLException {
        tables.execute("UPDATE payment SET refunded = " + amount + " WHERE id = 'pay_sale'");
    }

    private HttpResponse<String> verdict() throws IOException, InterruptedException {
        return send(request("/audit/verdict").build());
    }

    private HttpResponse<String> within(String time) throws IOException, InterruptedException {
        return send(request("/audit/verdict?within=" + time).build());
    }

    private int acknowledge(String body) throws IOException, InterruptedException {
        return send(request("/audit/acknowledge")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .statusCode();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(verdicts.address() + path)).timeout(BOUND);
    }

    private HttpResponse<String> send(HttpRequest request)
            throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
