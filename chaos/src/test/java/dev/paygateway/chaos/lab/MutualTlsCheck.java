package dev.paygateway.chaos.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tries an HTTPS port as those who must not get in, and as one who may: else a dead port would
 * pass.
 */
public final class MutualTlsCheck {
    /** Who was let in. */
    public enum Caller {
        TRUSTED,
        PLAINTEXT,
        WITHOUT_CERTIFICATE,
        FOREIGN_CERTIFICATE
    }

    private static final int LIMIT_MS = 5_000;
    private static final int ANSWER_BYTES_MAX = 4_096;

    private final TlsIdentity trusted;

    private MutualTlsCheck(TlsIdentity trusted) {
        this.trusted = trusted;
    }

    /** With the certificate of the gateway instance whose folder that is. */
    public static MutualTlsCheck as(Path instanceSecrets) {
        var ca = instanceSecrets.resolve("ca.pem");
        return new MutualTlsCheck(TlsIdentity.combined(ca, instanceSecrets.resolve("client.pem")));
    }

    /** Everybody whom {@code url}'s port answers over HTTP, refusals by status included. */
    public Set<Caller> letIn(String url) {
        var in = new TreeSet<Caller>();
        var foreign = new Authority("foreign").firstClient("gateway");
        var address = URI.create(url);
        if (answers(address, trusted)) {
            in.add(Caller.TRUSTED);
        }
        if (answers(address, TlsIdentity.anonymous(trusted.ca()))) {
            in.add(Caller.WITHOUT_CERTIFICATE);
        }
        var stranger = new TlsIdentity(trusted.ca(), foreign.certificate(), foreign.key());
        if (answers(address, stranger)) {
            in.add(Caller.FOREIGN_CERTIFICATE);
        }
        if (answersPlaintext(address)) {
            in.add(Caller.PLAINTEXT);
        }
        return in;
    }

    private static boolean answers(URI address, TlsIdentity identity) {
        try (var https = new Https(identity)) {
            return https.send(HttpRequest.newBuilder(address)).status() > 0;
        } catch (IOException refused) {
            return false;
        }
    }

    /** A 400 is how Go and Tomcat say that they speak TLS only; it comes before any handling. */
    private static boolean answersPlaintext(URI address) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), LIMIT_MS);
            socket.setSoTimeout(LIMIT_MS);
            var request =
                    "GET "
                            + address.getPath()
                            + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var bytes = socket.getInputStream().readNBytes(ANSWER_BYTES_MAX);
            var answer = new String(bytes, StandardCharsets.ISO_8859_1);
            return answer.startsWith("HTTP/") && !answer.matches("(?s)HTTP/1\\.[01] 400 .*");
        } catch (IOException refused) {
            return false;
        }
    }
}
