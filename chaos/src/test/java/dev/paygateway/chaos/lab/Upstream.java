package dev.paygateway.chaos.lab;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * Stands in for an instance of the service: HTTP/2 over mutual TLS, and misbehaves as it is told.
 */
final class Upstream implements AutoCloseable {
    private final String name;
    private final SSLContext tls;
    private final Collection<Seen> book;
    private final int port;
    private Server server;
    private volatile Manner manner = Manner.FINE;

    /** A try that arrived. */
    record Seen(String who, String call, String attempt, List<String> certificates) {}

    /**
     * How it answers.
     *
     * @param status 0: it closes the connection instead
     * @param after before that it waits, unless all that are gathered come earlier
     * @param ends whether it asks, from the second try on, that there be no more
     */
    record Manner(int status, Duration after, CountDownLatch gathered, boolean ends) {
        static final Manner FINE = at(200);
        static final Manner BUSY = at(503);
        static final Manner RESET = at(0);

        /** As the service refuses what it could not begin in time. */
        static final Manner OVERLOADED =
                new Manner(503, Duration.ZERO, new CountDownLatch(0), true);

        private static Manner at(int status) {
            return new Manner(status, Duration.ZERO, new CountDownLatch(0), false);
        }

        static Manner slow(Duration after) {
            return new Manner(200, after, new CountDownLatch(Integer.MAX_VALUE), false);
        }

        /** Answers all at once, when that many are there. */
        static Manner gathering(int status, int count) {
            return new Manner(status, Duration.ofSeconds(20), new CountDownLatch(count), false);
        }
    }

    Upstream(String name, SSLContext tls, Collection<Seen> book) {
        this.name = name;
        this.tls = tls;
        this.book = book;
        this.server = listen(0);
        this.port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    int port() {
        return port;
    }

    void be(Manner next) {
        manner = next;
    }

    /** Dies with its connections; whoever connects is refused. */
    void die() {
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    void rise() {
        server = listen(port);
    }

    private Server listen(int at) {
        var secured = new SslContextFactory.Server();
        secured.setSslContext(tls);
        secured.setNeedClientAuth(true);
        var alpn = new ALPNServerConnectionFactory("h2");
        var http2 = new HTTP2ServerConnectionFactory(new HttpConfiguration());
        var fresh = new Server(new VirtualThreadPool());
        var connector = new ServerConnector(fresh, secured, alpn, http2);
        connector.setHost("127.0.0.1");
        connector.setPort(at);
        fresh.addConnector(connector);
        fresh.setHandler(new Answering());
        fresh.setStopTimeout(0);
        try {
            fresh.start();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
        return fresh;
    }

    /** Notes each try, and answers it in the manner of the moment. */
    private final class Answering extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            var headers = request.getHeaders();
            var attempt = String.valueOf(headers.get("X-Envoy-Attempt-Count"));
            book.add(
                    new Seen(
                            name,
                            String.valueOf(headers.get("X-Test")),
                            attempt,
                            headers.getValuesList("X-Forwarded-Client-Cert")));
            var now = manner;
            now.gathered().countDown();
            pause(now);
            if (now.status() == 0) {
                request.getConnectionMetaData().getConnection().getEndPoint().close();
                callback.succeeded();
                return true;
            }
            response.setStatus(now.status());
            if (now.ends() && !attempt.equals("1")) {
                response.getHeaders().put("x-envoy-ratelimited", "true");
            }
            var text = ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII));
            response.write(true, text, callback);
            return true;
        }
    }

    private static void pause(Manner now) {
        try {
            var isTogether = now.gathered().await(now.after().toMillis(), TimeUnit.MILLISECONDS);
            if (!isTogether && now.status() == 0) {
                throw new IllegalStateException("a reset never waits");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        die();
    }
}
