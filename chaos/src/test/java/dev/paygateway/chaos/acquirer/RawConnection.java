package dev.paygateway.chaos.acquirer;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A TLS connection whose bytes a test writes and reads itself. */
final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;

    @MustBeClosed
    RawConnection(SSLContext tls, int port) throws IOException {
        this.socket = tls.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        ((SSLSocket) socket).startHandshake();
    }

    static String post(String path, String body) {
        return """
        POST /v1/%s HTTP/1.1\r
        Host: acquirer\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        %s\
        """
                .formatted(path, body.length(), body);
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** All that comes until the server ends the connection. */
    String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** What comes until {@code end} was seen {@code times} times. */
    String until(String end, int times) throws IOException {
        var text = new ByteArrayOutputStream();
        var parts = 0;
        while (parts < times) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                throw new IOException("closed after: " + text.toString(StandardCharsets.UTF_8));
            }
            text.write(octet);
            parts = text.toString(StandardCharsets.UTF_8).split(end, -1).length - 1;
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /** True if nothing comes for a while and the connection stays open. */
    boolean isSilentFor(Duration time) throws IOException {
        socket.setSoTimeout((int) time.toMillis());
        try {
            int octet = socket.getInputStream().read();
            throw new IOException("not silent: " + octet);
        } catch (SocketTimeoutException _) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
