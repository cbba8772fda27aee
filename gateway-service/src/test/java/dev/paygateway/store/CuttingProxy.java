package dev.paygateway.store;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between a client and the database, and breaks one connection at the worst moment. */
final class CuttingProxy implements AutoCloseable {
    private static final int EXECUTE = 0x17;

    private final ServerSocket listener;
    private final int target;
    private final AtomicReference<Cut> next = new AtomicReference<>(new Cut.Never());

    /** When the connection of the next prepared statement is cut. */
    sealed interface Cut {
        record Never() implements Cut {}

        /** The statement never reaches the server; something else happens meanwhile. */
        record BeforeSend(Effect meanwhile) implements Cut {}

        /** It reaches the server, and nobody waits for the end of it. */
        record AfterSend() implements Cut {}

        /** Its answer is lost: what it did is done. */
        record AfterEffect(Effect effect) implements Cut {}
    }

    /** Runs while the connection hangs. */
    interface Effect {
        void await();
    }

    CuttingProxy(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void cutNext(Cut cut) {
        next.set(cut);
    }

    boolean hasCut() {
        return next.get() instanceof Cut.Never;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                if (listener.isClosed()) {
                    client.close(); // it slipped in before the sleeping acceptor heard of the end
                    return;
                }
                var server = new Socket(InetAddress.getLoopbackAddress(), target);
                new Link(client, server).start();
            } catch (IOException _) {
                // Closed, or the client is gone already.
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private final class Link {
        private final Socket client;
        private final Socket server;
        private volatile boolean isMuted;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void start() {
            Thread.ofVirtual().start(() -> pump(this::forwardRequests));
            Thread.ofVirtual().start(() -> pump(this::forwardAnswers));
        }

        private interface Pump {
            void run() throws IOException;
        }

        private void pump(Pump pump) {
            try (client;
                    server) {
                pump.run();
            } catch (IOException _) {
                isMuted = true; // one side is gone: so is the other
            }
        }

        private void forwardRequests() throws IOException {
            var from = new DataInputStream(client.getInputStream());
            var to = server.getOutputStream();
            while (true) {
                var packet = packet(from);
                var isExecute = packet[3] == 0 && packet.length > 4 && packet[4] == EXECUTE;
                var cut = isExecute ? next.getAndSet(new Cut.Never()) : new Cut.Never();
                if (!send(packet, to, cut)) {
                    return;
                }
            }
        }

        /** False: the link is cut. */
        private boolean send(byte[] packet, OutputStream to, Cut cut) throws IOException {
            isMuted = !(cut instanceof Cut.Never);
            switch (cut) {
                case Cut.Never _, Cut.AfterSend _ -> to.write(packet);
                case Cut.BeforeSend(var meanwhile) -> meanwhile.await();
                case Cut.AfterEffect(var effect) -> {
                    to.write(packet);
                    effect.await();
                }
            }
            return cut instanceof Cut.Never;
        }

        private void forwardAnswers() throws IOException {
            InputStream from = server.getInputStream();
            var chunk = new byte[16_384];
            for (var n = from.read(chunk); n >= 0; n = from.read(chunk)) {
                if (!isMuted) {
                    client.getOutputStream().write(chunk, 0, n);
                }
            }
        }

        /** One packet of the protocol with its head: three bytes of length, a sequence number. */
        private static byte[] packet(DataInputStream from) throws IOException {
            var head = new byte[4];
            from.readFully(head);
            var length = (head[0] & 0xff) | (head[1] & 0xff) << 8 | (head[2] & 0xff) << 16;
            var packet = new byte[4 + length];
            System.arraycopy(head, 0, packet, 0, 4);
            from.readFully(packet, 4, length);
            return packet;
        }
    }
}
