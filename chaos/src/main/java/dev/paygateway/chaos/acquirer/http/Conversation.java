package dev.paygateway.chaos.acquirer.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One connection from its handshake to its end. */
final class Conversation {
    private static final Duration DRAIN_MAX = Duration.ofSeconds(1);

    private final Socket raw;
    private final Limits limits;
    private final Handler handler;

    Conversation(Socket raw, Limits limits, Handler handler) {
        this.raw = raw;
        this.limits = limits;
        this.handler = handler;
    }

    /**
     * Serves requests until one side ends it.
     *
     * @throws IOException when the connection broke, the handshake failed or the handler let go of
     *     it
     */
    void hold(SSLContext context) throws IOException {
        raw.setTcpNoDelay(true);
        raw.setSoTimeout((int) limits.handshakeMax().toMillis());
        var peer = raw.getInetAddress().getHostAddress();
        try (var tls =
                (SSLSocket)
                        context.getSocketFactory().createSocket(raw, peer, raw.getPort(), true)) {
            demandClientCertificate(tls);
            tls.startHandshake();
            serve(tls);
        }
    }

    private static void demandClientCertificate(SSLSocket tls) {
        tls.setUseClientMode(false);
        var parameters = tls.getSSLParameters();
        parameters.setNeedClientAuth(true);
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        tls.setSSLParameters(parameters);
    }

    private void serve(SSLSocket tls) throws IOException {
        var in = new TimedInput(tls);
        var out = tls.getOutputStream();
        var reader = new RequestReader(in, limits);
        try {
            boolean open = true;
            while (open) {
                var request = reader.next();
                open = request.isPresent() && answer(request.get(), in, out);
            }
        } catch (HttpRefusal unreadable) {
            out.write(handler.refusal(unreadable).encoded(true));
            tls.shutdownOutput();
            in.endWithin(DRAIN_MAX);
            in.drain(limits.bodyBytesMax());
        }
    }

    /** Answers as the handler wishes; false when the connection is over. */
    private boolean answer(HttpRequest request, TimedInput in, OutputStream out)
            throws IOException {
        boolean last = request.asksToClose();
        switch (handled(request)) {
            case Delivery.Plain(var answer) -> out.write(answer.encoded(last));
            case Delivery.Twice(var answer) -> {
                out.write(answer.encoded(last));
                out.write(answer.encoded(last));
            }
            case Delivery.Late(var answer, var after) -> {
                in.endWithin(after);
                last |= !in.outlasts();
                out.write(answer.encoded(last));
            }
            case Delivery.Hang(var longest) -> {
                in.endWithin(longest);
                in.outlasts();
                last = true;
            }
            case Delivery.Reset() -> {
                raw.setSoLinger(true, 0);
                raw.close();
                last = true;
            }
        }
        return !last;
    }

    private Delivery handled(HttpRequest request) throws IOException {
        try {
            return handler.handle(request);
        } catch (HttpRefusal refusal) {
            return new Delivery.Plain(handler.refusal(refusal));
        }
    }
}
