package dev.paygateway.resource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Another way to the database, which can be shut and opened again. */
final class Port implements AutoCloseable {
    private final int target;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Mood mood = Mood.OPEN;

    /** What becomes of a new connection. */
    enum Mood {
        OPEN,
        /** It is ended at once. */
        REFUSING,
        /** Nobody ever answers. */
        SILENT
    }

    Port(String address) throws IOException {
        target = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** From now on; cuts what is open unless it is to stay so. */
    void be(Mood next) {
        mood = next;
        if (next != Mood.OPEN) {
            open.forEach(Port::end);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                treat(listener.accept());
            } catch (IOException _) {
                // closed, or a client that left: the loop looks which
            }
        }
    }

    private void treat(Socket client) throws IOException {
        open.add(client);
        switch (mood) {
            case REFUSING -> end(client);
            case SILENT -> {}
            case OPEN -> {
                var server = new Socket();
                open.add(server);
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                Thread.ofVirtual().start(() -> pass(client, server));
                Thread.ofVirtual().start(() -> pass(server, client));
            }
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // one side is gone
        } finally {
            end(from);
            end(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            open.forEach(Port::end);
        }
    }
}
