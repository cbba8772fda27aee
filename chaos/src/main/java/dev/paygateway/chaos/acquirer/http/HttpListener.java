package dev.paygateway.chaos.acquirer.http;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;

/**
 * Accepts connections and serves each on a virtual thread.
 *
 * <p>TLS is layered over plain sockets, so that a fault may reset the connection beneath it.
 */
public final class HttpListener implements AutoCloseable {
    private static final Logger LOG = System.getLogger(HttpListener.class.getName());
    private static final int BACKLOG_MAX = 256;

    private final ServerSocket server;
    private final SSLContext tls;
    private final Limits limits;
    private final Handler handler;
    private final Semaphore free;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    @MustBeClosed
    private HttpListener(ServerSocket server, SSLContext tls, Limits limits, Handler handler) {
        this.server = server;
        this.tls = tls;
        this.limits = limits;
        this.handler = handler;
        this.free = new Semaphore(limits.connectionsMax());
        Thread.ofVirtual().name("accept").start(this::acceptAll);
    }

    /**
     * Listens from now on.
     *
     * @throws IOException if the address cannot be had, a port in use included
     */
    @MustBeClosed
    public static HttpListener open(
            InetSocketAddress address, SSLContext tls, Limits limits, Handler handler)
            throws IOException {
        var server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(address, BACKLOG_MAX);
        } catch (IOException refused) {
            server.close();
            throw new IOException(
                    "cannot listen on "
                            + address
                            + ": "
                            + refused.getMessage()
                            + "; choose another port",
                    refused);
        }
        return new HttpListener(server, tls, limits, handler);
    }

    public int port() {
        return server.getLocalPort();
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            free.acquireUninterruptibly();
            try {
                var socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().name("connection").start(() -> converse(socket));
            } catch (IOException failed) {
                free.release();
                if (!server.isClosed()) {
                    LOG.log(
                            Level.WARNING,
                            "a connection could not be accepted: {0}",
                            failed.getMessage());
                }
            }
        }
    }

    private void converse(Socket socket) {
        try (socket) {
            new Conversation(socket, limits, handler).hold(tls);
        } catch (IOException broken) {
            LOG.log(Level.DEBUG, "connection ended: {0}", broken.getMessage());
        } finally {
            open.remove(socket);
            free.release();
        }
    }

    /** Stops listening and cuts every connection; answers not yet sent are lost. */
    @Override
    public void close() {
        shut(server);
        open.forEach(HttpListener::shut);
    }

    private static void shut(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception failed) {
            LOG.log(Level.DEBUG, "close failed: {0}", failed.getMessage());
        }
    }
}
