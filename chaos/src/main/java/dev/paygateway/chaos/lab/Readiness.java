package dev.paygateway.chaos.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** Knows by what each part shows that it serves. */
final class Readiness {
    private static final int CONNECT_LIMIT_MS = 1_000;

    private final State state;
    private final Https https;

    Readiness(State state, Https https) {
        this.state = state;
        this.https = https;
    }

    Supervisor.Ready of(Part part) {
        return switch (part.ready().getScheme()) {
            case "unix" -> new Database(state.site(part.region()))::serves;
            case "tcp" -> () -> accepts(part.ready());
            case "https" -> () -> https.probe(part.ready()).filter(Https.Answer::fine).isPresent();
            case "file" -> () -> true; // what it produces says all
            default -> throw new IllegalArgumentException("no such sign: " + part.ready());
        };
    }

    private static boolean accepts(URI address) {
        try (var socket = new Socket()) {
            var host = InetAddress.ofLiteral(address.getHost());
            socket.connect(new InetSocketAddress(host, address.getPort()), CONNECT_LIMIT_MS);
            return true;
        } catch (IOException silence) {
            return false;
        }
    }
}
