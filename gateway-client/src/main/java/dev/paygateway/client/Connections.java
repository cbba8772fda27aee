package dev.paygateway.client;

import com.google.errorprone.annotations.MustBeClosed;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.ssl.TLS;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** The bounded pool of TLS connections. */
final class Connections {
    /** Short, so that a pool follows a move of the address and no idle socket is found dead. */
    private static final Duration IDLE_MAX = Duration.ofSeconds(20);

    private static final Duration LIFE_MAX = Duration.ofMinutes(5);

    /** Of a client that follows a name. */
    private static final Duration FOLLOWER_LIFE_MAX = Duration.ofSeconds(10);

    private static final Duration UNCHECKED_MAX = Duration.ofSeconds(1);

    private Connections() {}

    /** Nothing in it repeats, redirects or remembers by itself: the call above decides. */
    @MustBeClosed
    static CloseableHttpClient open(
            ClientSettings settings, PoolingHttpClientConnectionManager pool) {
        return HttpClients.custom()
                .setConnectionManager(pool)
                .setUserAgent("paygateway-client/0.1.0")
                // With a client certificate a connection has a "user" and would never be reused.
                .disableConnectionState()
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .evictIdleConnections(TimeValue.of(IDLE_MAX))
                .evictExpiredConnections()
                .build();
    }

    /** The client that it is given to closes it. */
    static PoolingHttpClientConnectionManager pool(ClientSettings settings) {
        var life = settings.names().isPresent() ? FOLLOWER_LIFE_MAX : LIFE_MAX;
        var connect = Timeout.of(settings.connectTimeout());
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(
                        settings.names()
                                .<DnsResolver>map(Resolver::new)
                                .orElse(SystemDefaultDnsResolver.INSTANCE))
                .setTlsSocketStrategy(
                        ClientTlsStrategyBuilder.create()
                                .setSslContext(settings.tls())
                                .buildClassic())
                .setDefaultTlsConfig(
                        TlsConfig.custom()
                                .setHandshakeTimeout(connect)
                                .setSupportedProtocols(TLS.V_1_3, TLS.V_1_2)
                                .build())
                .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                                .setConnectTimeout(connect)
                                .setTimeToLive(TimeValue.of(life))
                                .setValidateAfterInactivity(TimeValue.of(UNCHECKED_MAX))
                                .build())
                .setMaxConnTotal(settings.connectionsMax())
                .setMaxConnPerRoute(settings.connectionsMax())
                .build();
    }

    private record Resolver(Names names) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return names.resolve(host).toArray(InetAddress[]::new);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
