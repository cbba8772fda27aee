package dev.paygateway.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.TreeMap;
import javax.net.ssl.SSLSocket;

/** Bytes over mutual TLS, for requests that no client would send. */
final class RawConnection implements AutoCloseable {
    private static final int SILENCE_MS = 3_000;

    private final SSLSocket socket;

    RawConnection(int port, Client client) throws IOException {
        socket =
                (SSLSocket)
                        World.AUTHORITY
                                .context(client.identity())
                                .getSocketFactory()
                                .createSocket("127.0.0.1", port);
        socket.setSoTimeout(SILENCE_MS);
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** The first answer; reads until its body is there or the other side is silent. */
    Client.Answer answer() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var piece = new byte[4_096];
        try {
            while (!isComplete(bytes.toString(UTF_8))) {
                var count = socket.getInputStream().read(piece);
                if (count < 0) {
                    break;
                }
                bytes.write(piece, 0, count);
            }
        } catch (SocketTimeoutException _) {
            // judged by what has come
        }
        return parse(bytes.toString(UTF_8));
    }

    private static boolean isComplete(String text) {
        var end = text.indexOf("\r\n\r\n");
        return end >= 0 && text.length() > end + 4 && text.endsWith("}");
    }

    private static Client.Answer parse(String text) {
        var parts = text.split("\r\n\r\n", 2);
        var lines = parts[0].split("\r\n", -1);
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (var i = 1; i < lines.length; i++) {
            var line = lines[i].split(": ?", 2);
            headers.put(line[0], List.of(line[1]));
        }
        var status = Integer.parseInt(lines[0].split(" ", -1)[1]);
        return new Client.Answer(status, headers, parts.length > 1 ? parts[1] : "");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
