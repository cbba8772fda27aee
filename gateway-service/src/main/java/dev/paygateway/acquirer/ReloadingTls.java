package dev.paygateway.acquirer;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.ssl.TLS;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** Mutual TLS with the certificate of the moment: a renewed one serves the next connection. */
final class ReloadingTls implements TlsSocketStrategy {
    private static final String BUNDLE = "client";

    private volatile TlsSocketStrategy current;

    ReloadingTls(SslBundles bundles) {
        this.current = strategy(bundles.getBundle(BUNDLE));
        bundles.addBundleUpdateHandler(BUNDLE, renewed -> current = strategy(renewed));
    }

    private static TlsSocketStrategy strategy(SslBundle bundle) {
        return ClientTlsStrategyBuilder.create()
                .setSslContext(bundle.createSslContext())
                .setTlsVersions(TLS.V_1_3, TLS.V_1_2)
                .buildClassic();
    }

    @Override
    public SSLSocket upgrade(
            Socket socket, String target, int port, Object attachment, HttpContext context)
            throws IOException {
        return current.upgrade(socket, target, port, attachment, context);
    }
}
