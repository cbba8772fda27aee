package dev.paygateway.chaos.kube;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.paygateway.chaos.lab.TlsIdentity;
import java.io.IOException;
import java.net.Socket;
import javax.net.SocketFactory;

/** Someone who asks at one address for what merchants ask for, and tells what came of it. */
record Caller(String address) {
    private static final int PORT = 8443;
    private static final int WAIT_MILLIS = 5_000;
    private static final int ANSWER_MAX = 64;
    private static final String REQUEST = "GET /v1/payments HTTP/1.1\r\nHost: gateway\r\n\r\n";

    String inClear() {
        return asks(SocketFactory.getDefault());
    }

    String as(TlsIdentity identity) {
        return asks(identity.context().getSocketFactory());
    }

    private String asks(SocketFactory sockets) {
        try (var socket = sockets.createSocket(address, PORT)) {
            return answer(socket);
        } catch (IOException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    /** The first line, or what came instead of it. */
    private static String answer(Socket socket) throws IOException {
        socket.setSoTimeout(WAIT_MILLIS);
        socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
        var answer = new String(socket.getInputStream().readNBytes(ANSWER_MAX), US_ASCII);
        return answer.isEmpty()
                ? "the connection was closed"
                : answer.lines().findFirst().orElse("");
    }
}
