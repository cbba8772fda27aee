package dev.paygateway.acquirer;

import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultClientConnectionReuseStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** The link to one acquirer: HTTP/1.1 over mutual TLS, one try at a time, each ended in time. */
final class Wire implements AutoCloseable {
    private static final Timeout POOL_WAIT = Timeout.ofMilliseconds(250);

    private final URI base;
    private final CloseableHttpClient http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final TimeLimiter limit;

    Wire(AcquirerSettings.Link link, TlsSocketStrategy tls) {
        this.base = link.url();
        this.limit =
                TimeLimiter.of(
                        TimeLimiterConfig.custom()
                                .timeoutDuration(Budget.TRY)
                                .cancelRunningFuture(false) // done here, in order
                                .build());
        var connection =
                ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(Budget.CONNECT))
                        .setSocketTimeout(Timeout.of(Budget.TRY))
                        .setTimeToLive(TimeValue.of(Budget.CONNECTION_LIFE_MAX))
                        .build();
        var pool =
                PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(tls)
                        .setMaxConnTotal(link.callsMax())
                        .setMaxConnPerRoute(link.callsMax())
                        .setDefaultConnectionConfig(connection)
                        .build();
        var request =
                RequestConfig.custom()
                        .setConnectionRequestTimeout(POOL_WAIT)
                        .setResponseTimeout(Timeout.of(Budget.TRY))
                        .build();
        this.http =
                HttpClients.custom()
                        .setConnectionManager(pool)
                        .setDefaultRequestConfig(request)
                        // With a client certificate a connection is never used again otherwise.
                        .disableConnectionState()
                        .setConnectionReuseStrategy(Wire::isReusable)
                        .disableAutomaticRetries()
                        .disableRedirectHandling()
                        .disableCookieManagement()
                        .disableAuthCaching()
                        .disableContentCompression()
                        .build();
    }

    /** Sends one request; {@code reference} is also the acquirer's idempotency key. */
    Exchange post(String path, String reference, byte[] json) {
        var request = new HttpPost(base.resolve(path));
        request.setHeader("Idempotency-Key", reference);
        var body = new Body(json);
        request.setEntity(body);
        return within(new Ask(request, body, reference));
    }

    /** Asks without effect what became of a reference. */
    Exchange get(String path, String reference) {
        return within(new Ask(new HttpGet(base.resolve(path)), new Body(new byte[0]), reference));
    }

    private record Ask(HttpUriRequestBase request, Body body, String reference) {}

    private Exchange within(Ask ask) {
        var call = threads.submit(() -> exchange(ask));
        try {
            return limit.executeFutureSupplier(() -> call);
        } catch (TimeoutException _) {
            return ended(call, ask, "no whole answer within " + Budget.TRY);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return ended(call, ask, "the caller was stopped");
        } catch (Exception failure) {
            return ended(call, ask, failure.toString());
        }
    }

    /** Whether the body was begun is decided once and for all before the connection is cut. */
    private static Exchange ended(Future<?> call, Ask ask, String why) {
        var isUnsent = ask.body().giveUp();
        ask.request().cancel();
        call.cancel(true);
        return isUnsent ? new Exchange.Unsent(why) : new Exchange.Silent(why);
    }

    /**
     * A connection whose answer is not ours is out of step: it is cut before the client can see the
     * end of that answer and take the connection back for the next request.
     */
    private Exchange exchange(Ask ask) throws IOException {
        return http.execute(
                ask.request(),
                response -> {
                    var answer = read(response);
                    if (Messages.isAboutAnother(answer, ask.reference())) {
                        ask.request().cancel();
                        throw new IOException("the answer is not to " + ask.reference());
                    }
                    return answer;
                });
    }

    private static Exchange.Answered read(ClassicHttpResponse response) throws IOException {
        var entity = response.getEntity();
        var bytes = entity == null ? new byte[0] : read(entity);
        return new Exchange.Answered(response.getCode(), new String(bytes, StandardCharsets.UTF_8));
    }

    /** Reads an announced length exactly, never the end of the stream behind it. */
    private static byte[] read(HttpEntity entity) throws IOException {
        var length = entity.getContentLength();
        if (length > Budget.ANSWER_BYTES_MAX) {
            throw new IOException(
                    "the answer is longer than %d bytes".formatted(Budget.ANSWER_BYTES_MAX));
        }
        if (length < 0) {
            return entity.getContent().readNBytes(Budget.ANSWER_BYTES_MAX);
        }
        var bytes = new byte[(int) length];
        new DataInputStream(entity.getContent()).readFully(bytes);
        return bytes;
    }

    /** Used again only after an answer whose end was announced. */
    private static boolean isReusable(
            HttpRequest request, HttpResponse response, HttpContext context) {
        return response.containsHeader(HttpHeaders.CONTENT_LENGTH)
                && DefaultClientConnectionReuseStrategy.INSTANCE.keepAlive(
                        request, response, context);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.close(CloseMode.GRACEFUL);
    }
}
