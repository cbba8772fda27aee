package dev.paygateway.client;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Sends one request and ends it, by an answer or by force, within its bound. */
final class Wire implements AutoCloseable {
    /** A list of 100 payments is a tenth of this. */
    static final int ANSWER_BYTES_MAX = 1 << 20;

    /** Not the gateway's fault: too many of our own calls at once. */
    static final String NO_CONNECTION = "no free connection";

    private final PoolingHttpClientConnectionManager pool;
    private final CloseableHttpClient http;
    private final Supplier<String> token;
    private final Duration connectionWait;
    private final ScheduledThreadPoolExecutor watch;
    private final boolean isFollower;

    @MustBeClosed
    @SuppressWarnings("MustBeClosed") // close() closes it
    Wire(ClientSettings settings) {
        pool = Connections.pool(settings);
        http = Connections.open(settings, pool);
        isFollower = settings.names().isPresent();
        token = settings.token();
        connectionWait = settings.connectTimeout();
        watch =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("gateway-client-watch").factory());
        watch.setRemoveOnCancelPolicy(true);
    }

    /**
     * What leaves.
     *
     * @param body absent for reads
     * @param inDoubt told to the service, so that it does not say "no" where it cannot look
     * @param waitSeconds {@code Prefer: wait}, 0 for none
     * @param bound for the whole exchange: a socket's own timeout starts anew with every byte
     */
    record Sent(
            Attempt attempt,
            Optional<String> body,
            boolean inDoubt,
            long waitSeconds,
            Duration bound) {}

    Exchange exchange(Sent sent) {
        var request = request(sent);
        var late = new AtomicBoolean();
        var alarm =
                watch.schedule(
                        () -> {
                            late.set(true);
                            request.abort();
                        },
                        sent.bound().toNanos(),
                        TimeUnit.NANOSECONDS);
        try {
            return http.execute(request, Wire::read);
        } catch (IOException | IllegalStateException failure) {
            if (isFollower) {
                // The others lead to the same place, while the name may point elsewhere by now.
                pool.closeIdle(TimeValue.ZERO_MILLISECONDS);
            }
            return silent(failure, late.get());
        } finally {
            alarm.cancel(false);
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
        try {
            http.close();
        } catch (IOException _) {
            // every exchange has its outcome already
        }
    }

    private HttpUriRequestBase request(Sent sent) {
        var attempt = sent.attempt();
        var method = attempt.purpose().moves() ? "POST" : "GET";
        var request = new HttpUriRequestBase(method, attempt.address().resolve(attempt.path()));
        request.setConfig(
                RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(connectionWait))
                        .setResponseTimeout(Timeout.of(sent.bound()))
                        .build());
        request.setHeader("Accept", "application/json, application/problem+json");
        request.setHeader("Authorization", "Bearer " + token.get());
        attempt.key().ifPresent(key -> request.setHeader("Idempotency-Key", key.value()));
        if (sent.inDoubt()) {
            request.setHeader("Idempotency-Unanswered", "true");
        }
        if (sent.waitSeconds() > 0) {
            request.setHeader("Prefer", "wait=" + sent.waitSeconds());
        }
        sent.body()
                .ifPresent(body ->
                        request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON)));
        return request;
    }

    private static Exchange read(ClassicHttpResponse response) throws IOException {
        var headers = new HashMap<String, String>();
        for (var header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        var entity = response.getEntity();
        if (entity == null) {
            return new Exchange.Answered(response.getCode(), headers, new byte[0]);
        }
        try (var content = entity.getContent()) {
            var body = content.readNBytes(ANSWER_BYTES_MAX + 1);
            if (body.length > ANSWER_BYTES_MAX) {
                throw new IOException("answer over %d bytes".formatted(ANSWER_BYTES_MAX));
            }
            return new Exchange.Answered(response.getCode(), headers, body);
        }
    }

    private static Exchange.Silent silent(Exception failure, boolean late) {
        return switch (failure) {
            case ConnectTimeoutException _ -> new Exchange.Silent(true, "connect timeout", failure);
            case ConnectException _ -> new Exchange.Silent(true, "connect refused", failure);
            case UnknownHostException _ -> new Exchange.Silent(true, "unknown host", failure);
            case ConnectionRequestTimeoutException _ ->
                    new Exchange.Silent(true, NO_CONNECTION, failure);
            case SSLHandshakeException _ ->
                    new Exchange.Silent(true, "tls: " + failure.getMessage(), failure);
            case SocketTimeoutException _ -> new Exchange.Silent(false, "timeout", failure);
            case Exception _ when late -> new Exchange.Silent(false, "timeout", failure);
            case SocketException _ -> new Exchange.Silent(false, "reset", failure);
            case NoHttpResponseException _ -> new Exchange.Silent(false, "reset", failure);
            case Exception _ ->
                    new Exchange.Silent(false, "unreadable: " + failure.getMessage(), failure);
        };
    }
}
