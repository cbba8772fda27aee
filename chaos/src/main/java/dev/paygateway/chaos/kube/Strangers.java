package dev.paygateway.chaos.kube;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.paygateway.chaos.lab.Folders;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.RunEnvironment;
import dev.paygateway.chaos.lab.TlsIdentity;
import java.io.IOException;
import java.net.Socket;

/** Clients who are nobody's merchants. */
final class Strangers {
    private static final int PORT = 8443;
    private static final int WAIT_MILLIS = 5_000;
    private static final int ANSWER_MAX = 64;
    private static final String REQUEST = "GET /v1/payments HTTP/1.1\r\nHost: gateway\r\n\r\n";

    private final Bench bench;
    private final String address;

    Strangers(Bench bench) {
        this.bench = bench;
        address = RunEnvironment.read(bench.ground().state()).require("GATEWAY_ADDRESS");
    }

    String areRefused() {
        var plain = inClear();
        var anonymous = withoutCertificate();
        if (isServed(plain) || isServed(anonymous)) {
            throw LabFailure.failed(
                    "served: in clear \"%s\", without certificate \"%s\""
                            .formatted(plain, anonymous));
        }
        return "in clear: %s; without certificate: %s".formatted(plain, anonymous);
    }

    private static boolean isServed(String answer) {
        return answer.matches("HTTP/1\\.1 (2|3|401|403|404).*");
    }

    private String inClear() {
        try (var socket = new Socket(address, PORT)) {
            return answer(socket);
        } catch (IOException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    private String withoutCertificate() {
        var nobody = TlsIdentity.anonymous(Folders.read(bench.vault().ca()));
        try (var socket = nobody.context().getSocketFactory().createSocket(address, PORT)) {
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
