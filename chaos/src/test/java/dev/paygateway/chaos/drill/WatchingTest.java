package dev.paygateway.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.cli.Commands;
import dev.paygateway.chaos.lab.Await;
import dev.paygateway.chaos.report.StepDone;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: an audit that a page begins before the fault answers for as long as payments flow, and not
 * a moment longer.
 *
 * <p>Method: the launcher's own {@code audit --serve} beside a state folder without a lab, asked
 * over HTTP while it goes on and when it has ended.
 */
final class WatchingTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir private Path folder;
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void auditsAllTheWhileAndEndsWithTheLoad() throws Exception {
        var port = freePort();
        try (var teller = silent()) {
            var player = player(teller);
            player.watch(Phase.BEFORE, audit(port), List.of("history.jsonl"));
            assertThat(Await.holds(LIMIT, () -> status(port).isPresent())).isTrue();
            assertThat(status(port)).contains(503);
            assertThat(player.busy()).isFalse();
            assertThat(player.done()).isEmpty();

            player.endWatching();
            assertThatThrownBy(() -> ask(port)).isInstanceOf(ConnectException.class);
            assertThat(player.done()).singleElement().matches(StepDone::fine);
        }
    }

    /** Otherwise a drill would be watched by somebody else's audit. */
    @Test
    void tellsWhenItCannotServe() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var teller = silent()) {
            var player = player(teller);
            player.watch(Phase.BEFORE, audit(taken.getLocalPort()), List.of());
            assertThat(Await.holds(LIMIT, () -> !player.done().isEmpty())).isTrue();
            assertThat(player.done().getFirst().complaint()).isPresent();
            player.endWatching();
        }
    }

    private Player player(Teller teller) {
        var terms = new Terms(folder, folder, 1, true, true, 0);
        var launcher = new Launcher(Commands::line, folder);
        return new Player(launcher, terms, teller, new ByHand(terms, "watching"));
    }

    @MustBeClosed
    private static Teller silent() {
        return new Teller(new PrintWriter(Writer.nullWriter()), false);
    }

    private static Order audit(int port) {
        var words = List.of("audit", "--serve", "--port", Integer.toString(port));
        return new Order(1, words, Expected.SUCCESS, true);
    }

    private Optional<Integer> status(int port) {
        try {
            return Optional.of(ask(port));
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }

    private int ask(int port) throws IOException {
        var verdict = URI.create("http://127.0.0.1:" + port + "/audit/verdict");
        try {
            return client.send(HttpRequest.newBuilder(verdict).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
