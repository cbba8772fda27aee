package dev.paygateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.springframework.boot.ssl.SslBundles;

/**
 * A guest without a token at this instance's own door: a handshake with both certificates, a
 * request, a refusal. Who answers is not verified, as nothing is told and nothing believed.
 */
final class Doorstep implements Runnable {
    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final byte[] REQUEST =
            """
            POST /v1/payments HTTP/1.1
            Host: localhost
            Authorization: Bearer rehearsal.rehearsal.rehearsal
            Content-Length: 0
            Connection: close

            """
                    .replace("\n", "\r\n")
                    .getBytes(US_ASCII);

    private final SslBundles bundles;
    private final Supplier<InetSocketAddress> door;

    /** Learns where the server listens once it has started. */
    Doorstep(SslBundles bundles, Supplier<InetSocketAddress> door) {
        this.bundles = bundles;
        this.door = door;
    }

    @Override
    public void run() {
        SSLSocketFactory sockets =
                bundles.getBundle("client").createSslContext().getSocketFactory();
        var address = door.get();
        try (var socket = sockets.createSocket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(Math.toIntExact(WAIT.toMillis()));
            socket.getOutputStream().write(REQUEST);
            var _ = socket.getInputStream().readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
