package dev.paygateway.chaos.acquirer;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.acquirer.http.HttpListener;
import dev.paygateway.chaos.acquirer.http.Limits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A running acquirer: its books, its port, and the clerk who books what falls due. */
final class Acquirer implements AutoCloseable {
    private static final Duration SETTLE_EVERY = Duration.ofMillis(200);

    private final Desk desk;
    private final HttpListener listener;
    private final ScheduledExecutorService clerk;

    @MustBeClosed
    private Acquirer(Desk desk, HttpListener listener) {
        this.desk = desk;
        this.listener = listener;
        this.clerk =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofVirtual().name("clerk").factory());
        long everyMillis = SETTLE_EVERY.toMillis();
        var _ =
                clerk.scheduleAtFixedRate(
                        desk::settle, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
    }

    /**
     * What makes one acquirer differ from another.
     *
     * @param name of its books; {@code amber} is the one that does not process card 0511
     * @param seed of its faults
     * @param window within which its inquiry may miss an effect
     */
    record Settings(
            String name, Path books, long seed, Duration window, Limits limits, Api.Delays delays) {
        private static final String FIRST = "amber";

        Temper temper() {
            return new Temper(name.equals(FIRST), seed, window);
        }
    }

    /**
     * Recovers the books, then listens.
     *
     * @throws IOException if the books or the address cannot be had
     */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // handed on, or closed where that fails
    static Acquirer open(
            Settings settings, InetSocketAddress address, SSLContext tls, InstantSource clock)
            throws IOException {
        var desk = Desk.open(settings.books(), settings.name(), settings.temper(), clock);
        try {
            var writer = new AnswerWriter(settings.name());
            var moods = new Moods(settings.books(), settings.seed());
            var api = new Api(desk, writer, settings.window(), settings.delays(), moods);
            return new Acquirer(desk, HttpListener.open(address, tls, settings.limits(), api));
        } catch (IOException | RuntimeException failed) {
            desk.close();
            throw failed;
        }
    }

    int port() {
        return listener.port();
    }

    /** Lines in the books. */
    long lines() {
        return desk.lines();
    }

    /** Completes if the books break; the acquirer must then end. */
    CompletableFuture<IOException> broken() {
        return desk.broken();
    }

    /** Cuts every connection, then writes what was decided. */
    @Override
    public void close() throws IOException {
        listener.close();
        clerk.shutdownNow();
        desk.close();
    }
}
