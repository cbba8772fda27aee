package dev.paygateway.chaos.acquirer;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.acquirer.http.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real acquirer in this process, on a free port, with a clock of its own and short waits. */
final class AcquirerWorld implements AutoCloseable {
    static final Limits LIMITS =
            new Limits(
                    64,
                    2048,
                    32,
                    4096,
                    Duration.ofSeconds(2),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(20));
    private static final Api.Delays DELAYS =
            new Api.Delays(Duration.ofMillis(300), Duration.ofSeconds(20));
    private static final long SEED = 7;

    final SteppedClock clock = new SteppedClock();
    final TestPki pki;
    final Path books;
    final Caller caller;
    private final String name;
    private Acquirer acquirer;

    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // closed by close()
    AcquirerWorld(Path folder, String name) throws IOException {
        this.name = name;
        this.pki = new TestPki(folder, "authority");
        this.books = folder.resolve(name + ".jsonl");
        this.acquirer = open(books, 0);
        this.caller = new Caller(pki.caller(), acquirer.port());
    }

    @MustBeClosed
    private Acquirer open(Path books, int port) throws IOException {
        var settings =
                new Acquirer.Settings(name, books, SEED, Duration.ofSeconds(10), LIMITS, DELAYS);
        var own = pki.identity("server");
        var tls = MutualTls.context(own, own, pki.ca);
        return Acquirer.open(
                settings,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                tls,
                clock);
    }

    /** Ends the acquirer and starts another one on the same books and port. */
    @SuppressWarnings("MustBeClosedChecker") // closed by close()
    void restart() throws IOException {
        int port = acquirer.port();
        acquirer.close();
        acquirer = open(books, port);
    }

    /** Tries to start one with other books on the same port. */
    void openAnother() throws IOException {
        try (var _ = open(books.resolveSibling("other.jsonl"), port())) {
            throw new AssertionError("two acquirers on one port");
        }
    }

    int port() {
        return acquirer.port();
    }

    /** The lines of the books. */
    List<JsonNode> lines() throws IOException {
        return Files.readAllLines(books).stream().map(JsonMapper.shared()::readTree).toList();
    }

    /** The effects that a reference caused, in order. */
    List<String> effects(String reference) throws IOException {
        return lines().stream()
                .filter(line -> line.path("entry").asString().equals("effect"))
                .filter(line -> line.path("reference").asString().equals(reference))
                .map(line -> line.path("effect").asString())
                .toList();
    }

    @Override
    public void close() throws IOException {
        caller.close();
        acquirer.close();
    }
}
