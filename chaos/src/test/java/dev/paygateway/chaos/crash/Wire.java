package dev.paygateway.chaos.crash;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Shows whose certificate a port of this machine presents now. */
final class Wire {
    private static final int LIMIT_MS = 5_000;

    /** Of MySQL's protocol: the flags of a client that asks for TLS before it says who it is. */
    private static final int PROTOCOL_41_WITH_TLS = 0x0000_8A00;

    private static final int PACKET_MAX = 1 << 24;
    private static final byte UTF8MB4 = 45;
    private static final int REQUEST_LENGTH = 32;
    private static final int HEADER_LENGTH = 4;

    private final SSLContext tls;

    Wire(SSLContext tls) {
        this.tls = tls;
    }

    /**
     * What a part presents.
     *
     * @param address host:port
     */
    X509Certificate presented(String address, boolean database) throws IOException {
        var colon = address.lastIndexOf(':');
        var host = address.substring(0, colon);
        var port = Integer.parseInt(address.substring(colon + 1));
        try (var plain = new Socket(host, port)) {
            plain.setSoTimeout(LIMIT_MS);
            if (database) {
                askDatabaseForTls(plain);
            }
            var factory = tls.getSocketFactory();
            try (var secure = (SSLSocket) factory.createSocket(plain, host, port, true)) {
                secure.startHandshake();
                return (X509Certificate) secure.getSession().getPeerCertificates()[0];
            }
        }
    }

    /** Reads the server's greeting, and answers with the request to go on in TLS. */
    private static void askDatabaseForTls(Socket plain) throws IOException {
        var in = new DataInputStream(plain.getInputStream());
        var header = new byte[HEADER_LENGTH];
        in.readFully(header);
        var length = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt() & 0xFF_FFFF;
        in.skipNBytes(length);
        var request =
                ByteBuffer.allocate(HEADER_LENGTH + REQUEST_LENGTH)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(REQUEST_LENGTH | 1 << 24)
                        .putInt(PROTOCOL_41_WITH_TLS)
                        .putInt(PACKET_MAX)
                        .put(UTF8MB4);
        plain.getOutputStream().write(request.array());
        plain.getOutputStream().flush();
    }
}
