package dev.paygateway.client;

import com.google.errorprone.annotations.MustBeClosed;
import java.time.Duration;
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
    private static final Duration UNCHECKED_MAX = Duration.ofSeconds(1);

    private Connections() {}

    /** Nothing in it repeats, redirects or remembers by itself: the call above decides. */
    @MustBeClosed
    static CloseableHttpClient open(ClientSettings settings) {
        return HttpClients.custom()
                .setConnectionManager(pool(settings))
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
    private static PoolingHttpClientConnectionManager pool(ClientSettings settings) {
        var connect = Timeout.of(settings.connectTimeout());
        return PoolingHttpClientConnectionManagerBuilder.create()
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
                                .setTimeToLive(TimeValue.of(LIFE_MAX))
                                .setValidateAfterInactivity(TimeValue.of(UNCHECKED_MAX))
                                .build())
                .setMaxConnTotal(settings.connectionsMax())
                .setMaxConnPerRoute(settings.connectionsMax())
                .build();
    }
}
