package dev.paygateway.chaos.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The lab's own, asked as any resolver would. */
final class NameServer {
    private static final int ANSWER_LIMIT_MS = 1_000;

    private NameServer() {}

    /** The address that ends the answer to a question for the gateway's name. */
    static String resolved(Lab lab) throws IOException {
        var server = URI.create("udp://" + lab.env().require("DNS_ADDRESS"));
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(ANSWER_LIMIT_MS);
            var question = question();
            var host = InetAddress.ofLiteral(server.getHost());
            socket.send(new DatagramPacket(question, question.length, host, server.getPort()));
            var answer = new DatagramPacket(new byte[512], 512);
            socket.receive(answer);
            var end = answer.getLength();
            return InetAddress.getByAddress(Arrays.copyOfRange(answer.getData(), end - 4, end))
                    .getHostAddress();
        }
    }

    /** Recursion desired, one question: type A, class IN (RFC 1035). */
    private static byte[] question() {
        var bytes = ByteBuffer.allocate(64).putShort((short) 7).putShort((short) 0x100);
        bytes.putShort((short) 1).putShort((short) 0).putShort((short) 0).putShort((short) 0);
        for (var label : Dns.NAME.split("\\.", -1)) {
            bytes.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        bytes.put((byte) 0).putShort((short) 1).putShort((short) 1);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}
