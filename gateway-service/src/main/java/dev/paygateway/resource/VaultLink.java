package dev.paygateway.resource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/**
 * HTTP to the Vault agent over mutual TLS. A Vault that is sealed or stopped makes its agent hang:
 * every wait is short. After a reload of the bundle the next request shows the new certificate.
 */
final class VaultLink implements ClientHttpRequestFactory, AutoCloseable {
    private static final Duration CONNECT_WAIT = Duration.ofMillis(500);
    private static final Duration READ_WAIT = Duration.ofSeconds(2);

    private final AtomicReference<Clients> clients;

    /** A request may have just been handed the retired one: it is closed one renewal later. */
    private record Clients(HttpClient current, Optional<HttpClient> retired) {
        Clients renewed(HttpClient fresh) {
            return new Clients(fresh, Optional.of(current));
        }
    }

    VaultLink(SslBundles bundles, String bundle) {
        clients =
                new AtomicReference<>(
                        new Clients(client(bundles.getBundle(bundle)), Optional.empty()));
        bundles.addBundleUpdateHandler(bundle, this::renew);
    }

    private void renew(SslBundle bundle) {
        var fresh = client(bundle);
        var before = clients.getAndUpdate(both -> both.renewed(fresh));
        before.retired().ifPresent(HttpClient::shutdown);
    }

    private static HttpClient client(SslBundle bundle) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_WAIT)
                .sslContext(bundle.createSslContext())
                .build();
    }

    @Override
    public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
        var requests = new JdkClientHttpRequestFactory(clients.get().current());
        requests.setReadTimeout(READ_WAIT);
        return requests.createRequest(uri, method);
    }

    @Override
    public void close() {
        var last = clients.get();
        last.retired().ifPresent(HttpClient::shutdownNow);
        last.current().shutdownNow();
    }
}
