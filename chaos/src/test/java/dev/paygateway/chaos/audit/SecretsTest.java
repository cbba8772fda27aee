package dev.paygateway.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.vorburger.exec.ManagedProcessException;
import com.sun.net.httpserver.HttpServer;
import dev.paygateway.chaos.audit.judge.Law;
import dev.paygateway.chaos.audit.judge.Ruling;
import dev.paygateway.chaos.audit.secrecy.Canary;
import dev.paygateway.chaos.audit.secrecy.Page;
import dev.paygateway.chaos.audit.secrecy.Searched;
import dev.paygateway.chaos.audit.secrecy.Secrets;
import dev.paygateway.chaos.audit.secrecy.Stores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: a card number, code, token or key is found wherever it was written and in whatever clothes,
 * and what may be written (the last four digits) is no finding.
 *
 * <p>Method: one secret is planted in a file between others, or in a row of a real database.
 */
class SecretsTest {
    private static final String NUMBER = "4000000000070500";
    private static final String TOKEN = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJtX2RlbW8xIn0.Zm9vYmFy+/8";
    private static final int FAR_INTO_THE_FILE = 65_536;

    @TempDir static Path server;
    private static AuditedDatabase database;

    @TempDir Path folder;
    private final List<HttpServer> servers = new ArrayList<>();
    private Connection connection;
    private Tables tables;

    @BeforeAll
    static void start() throws ManagedProcessException, IOException, SQLException {
        database = AuditedDatabase.start(server);
    }

    @AfterAll
    static void stop() throws ManagedProcessException {
        database.stop();
    }

    @BeforeEach
    void fill() throws SQLException, IOException {
        connection = database.connect();
        tables = new Tables(connection);
        tables.clear();
        tables.fill(World.consistent());
        Files.writeString(folder.resolve("gateway.log"), "paid with 400000******0500, cvc ***\n");
        Files.createDirectories(folder.resolve("run"));
        Files.writeString(folder.resolve("run").resolve("env"), "MERCHANT_TOKEN=" + TOKEN + "\n");
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
        servers.forEach(each -> each.stop(0));
    }

    private Ruling search() throws SQLException, InterruptedException {
        return search(List.of()).ruling();
    }

    private Searched search(List<Page> pages) throws SQLException, InterruptedException {
        var canaries = new ArrayList<>(Canary.ofCard(NUMBER, "123"));
        canaries.addAll(Canary.ofCard("4000000000060501", "123"));
        canaries.add(new Canary("token", TOKEN));
        var left = Set.of(Path.of("run", "env"));
        return Secrets.searched(
                new Stores(List.of(folder), left, pages, canaries), database.address());
    }

    @Test
    void whatIsMaskedOrMadeToHoldSecretsIsNoFinding() throws Exception {
        var ruling = search();
        assertThat(ruling.law()).isEqualTo(Law.I20);
        assertThat(ruling.breaches()).isEmpty();
        assertThat(ruling.subjects()).isEqualTo(7);
    }

    @ParameterizedTest
    @MethodSource("clothes")
    void aSecretInAFileIsFound(String text) throws Exception {
        var log = folder.resolve("deep").resolve("gateway.log");
        Files.createDirectories(log.getParent());
        Files.writeString(log, "x".repeat(FAR_INTO_THE_FILE - 7) + text + "y".repeat(100));
        var breaches = search().breaches();
        assertThat(breaches).hasSize(1);
        assertThat(breaches.getFirst().subject()).isEqualTo("file " + log);
        assertThat(breaches.getFirst().problems().toString())
                .doesNotContain(NUMBER)
                .doesNotContain(TOKEN);
    }

    static Stream<String> clothes() {
        return Stream.of(
                        plain(),
                        IntStream.range(0, 3).mapToObj(shift -> encoded(NUMBER, shift)),
                        IntStream.range(0, 3).mapToObj(shift -> encoded(TOKEN, shift)))
                .flatMap(texts -> texts);
    }

    private static Stream<String> plain() {
        var hex = HexFormat.of().formatHex(TOKEN.getBytes(StandardCharsets.US_ASCII));
        return Stream.of(
                NUMBER,
                "9" + NUMBER + "9",
                "4000 0000 0007 0500",
                "4000-0000-0007-0500",
                "{\"cvc\":\"123\"}",
                TOKEN,
                hex,
                hex.toUpperCase(Locale.ROOT),
                hex.replaceAll("(..)", "%$1").toUpperCase(Locale.ROOT));
    }

    private static String encoded(String secret, int shift) {
        var padded = "a".repeat(shift) + secret + "zz";
        return Base64.getEncoder().encodeToString(padded.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aTokenInAnAddressIsFound() throws Exception {
        var escaped = URLEncoder.encode(NUMBER + " ", StandardCharsets.US_ASCII);
        Files.writeString(folder.resolve("access.log"), "GET /?card=" + escaped);
        assertThat(search().breaches()).hasSize(1);
    }

    @Test
    void aSecretOnAPageIsFound() throws Exception {
        var searched = search(List.of(page(200)));
        assertThat(searched.ruling().breaches())
                .singleElement()
                .matches(breach -> breach.subject().startsWith("page http"));
        assertThat(searched.unseen()).isEmpty();
    }

    /** A door that is shut, and one that nobody answers, are no page without a secret. */
    @Test
    void aPageThatIsNotShownIsNamedAndNotCounted() throws Exception {
        var refused = page(403);
        for (var unseen : List.of(refused, gone())) {
            var searched = search(List.of(unseen));
            assertThat(searched.ruling().subjects()).isEqualTo(7);
            assertThat(searched.unseen())
                    .singleElement()
                    .asString()
                    .startsWith(unseen.address().toString());
        }
    }

    /** Of an answer of that status, which holds a secret in any case. */
    private Page page(int status) throws IOException, NoSuchAlgorithmException {
        var shown =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shown.createContext(
                "/",
                exchange -> {
                    var body = ("card " + NUMBER).getBytes(StandardCharsets.US_ASCII);
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        shown.start();
        servers.add(shown);
        return pageOf(shown);
    }

    private Page gone() throws IOException, NoSuchAlgorithmException {
        var gone = page(200);
        servers.getLast().stop(0);
        return gone;
    }

    private static Page pageOf(HttpServer shown) throws NoSuchAlgorithmException {
        var address = URI.create("http://127.0.0.1:" + shown.getAddress().getPort() + "/metrics");
        return new Page(address, SSLContext.getDefault());
    }

    @Test
    void aSecretInARowIsFound() throws Exception {
        tables.execute("UPDATE payment SET metadata = '{\"note\":\"" + NUMBER + "\"}'");
        var breach = search().breaches().getFirst();
        assertThat(breach.subject()).isEqualTo("table payment");
        assertThat(breach.problems())
                .singleElement()
                .asString()
                .startsWith("card number ending 0500, plain: 7 times");
    }

    @Test
    void aSecretInAStoredAnswerIsFound() throws Exception {
        tables.execute(
                "UPDATE idempotency SET body = '" + encoded(TOKEN, 1) + "' WHERE body IS NOT NULL");
        assertThat(search().breaches())
                .extracting(Ruling.Breach::subject)
                .containsExactly("table idempotency");
    }
}
