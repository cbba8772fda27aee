package dev.paygateway.chaos.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Where somebody may listen.
 *
 * @param address a literal one
 */
public record TcpPort(String address, int number) {
    private static final int CONNECT_LIMIT_MS = 1_000;

    /** Whether a connection is taken. */
    public boolean accepts() {
        try (var socket = new Socket()) {
            var host = InetAddress.ofLiteral(address);
            socket.connect(new InetSocketAddress(host, number), CONNECT_LIMIT_MS);
            return true;
        } catch (IOException silence) {
            return false;
        }
    }
}
