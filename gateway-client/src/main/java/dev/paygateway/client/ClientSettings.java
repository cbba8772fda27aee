package dev.paygateway.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * What a {@link GatewayClient} needs to know; {@link #of} sets every bound to its default.
 *
 * @param addresses base addresses of instances or regions, {@code https} only, the preferred first
 * @param tls trust and the merchant's certificate, see {@link PemTls}
 * @param token asked for the bearer token before every try
 * @param connectTimeout for the connection and, again, for the TLS handshake
 * @param tryTimeout for one whole exchange, from the request for a connection to the last byte;
 *     {@link CallOptions#waitingUpTo} replaces it
 * @param totalTimeout for all tries of one call together
 * @param backoff the wait before a repeat
 * @param connectionsMax open connections over all addresses
 * @param names absent: the JDK's, which keeps what it has found for 30 s
 */
public record ClientSettings(
        List<URI> addresses,
        SSLContext tls,
        Supplier<String> token,
        Duration connectTimeout,
        Duration tryTimeout,
        Duration totalTimeout,
        Backoff backoff,
        int connectionsMax,
        Optional<Names> names) {
    /**
     * The service answers a money request within 1.8 s; the rest is for the way. A try that is
     * given up costs its connection and the next one a handshake: no less, or clients drown a slow
     * gateway.
     */
    static final Duration TRY_TIMEOUT = Duration.ofSeconds(4);

    static final Duration TOTAL_TIMEOUT = Duration.ofSeconds(30);
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    static final int CONNECTIONS_MAX = 64;

    public ClientSettings {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("addresses is empty: give at least one base URL");
        }
        addresses.forEach(ClientSettings::check);
        positive("connectTimeout", connectTimeout);
        positive("tryTimeout", tryTimeout);
        positive("totalTimeout", totalTimeout);
        if (connectionsMax < 1) {
            throw new IllegalArgumentException(
                    "connectionsMax is %d: give 1 or more".formatted(connectionsMax));
        }
    }

    public static ClientSettings of(List<URI> addresses, SSLContext tls, Supplier<String> token) {
        return new ClientSettings(
                addresses,
                tls,
                token,
                CONNECT_TIMEOUT,
                TRY_TIMEOUT,
                TOTAL_TIMEOUT,
                Backoff.standard(),
                CONNECTIONS_MAX,
                Optional.empty());
    }

    public ClientSettings withTimeouts(Duration oneTry, Duration total) {
        return new ClientSettings(
                addresses,
                tls,
                token,
                connectTimeout,
                oneTry,
                total,
                backoff,
                connectionsMax,
                names);
    }

    /**
     * With a resolver of its own. A connection is then kept for seconds and not for minutes, so
     * that requests move to where the name points.
     */
    public ClientSettings following(Names resolver) {
        return new ClientSettings(
                addresses,
                tls,
                token,
                connectTimeout,
                tryTimeout,
                totalTimeout,
                backoff,
                connectionsMax,
                Optional.of(resolver));
    }

    public ClientSettings withConnectionsMax(int most) {
        return new ClientSettings(
                addresses,
                tls,
                token,
                connectTimeout,
                tryTimeout,
                totalTimeout,
                backoff,
                most,
                names);
    }

    private static void check(URI address) {
        if (!"https".equals(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "address \"%s\": give an https base URL, e.g. https://gateway.example:8443"
                            .formatted(address));
        }
    }

    private static void positive(String name, Duration bound) {
        if (!bound.isPositive()) {
            throw new IllegalArgumentException(
                    "%s is %s: give more than zero".formatted(name, bound));
        }
    }
}
