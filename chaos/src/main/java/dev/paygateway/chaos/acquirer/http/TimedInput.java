package dev.paygateway.chaos.acquirer.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A buffered input whose reads end at a deadline, however slowly the bytes drip. */
final class TimedInput {
    private static final int BUFFER_BYTES = 8 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int next;
    private int end;
    private long deadlineNanos;

    TimedInput(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    /** Sets the moment by which the following reads must have ended. */
    void endWithin(Duration time) {
        deadlineNanos = System.nanoTime() + time.toNanos();
    }

    /** Waits for a byte without taking it; false if the peer closed first. */
    boolean hasNext() throws IOException {
        return next < end || fill();
    }

    byte read() throws IOException {
        if (!hasNext()) {
            throw new EOFException("the peer closed in the middle of a request");
        }
        return buffer[next++];
    }

    byte[] readExactly(int length) throws IOException {
        var bytes = new byte[length];
        int have = 0;
        while (have < length) {
            if (!hasNext()) {
                throw new EOFException("the peer closed in the middle of a body");
            }
            int step = Math.min(length - have, end - next);
            System.arraycopy(buffer, next, bytes, have, step);
            next += step;
            have += step;
        }
        return bytes;
    }

    /**
     * Waits until the deadline, keeping what arrives for later.
     *
     * @return false if the peer closed, or sent more than the buffer holds
     */
    boolean outlasts() throws IOException {
        try {
            while (end < buffer.length) {
                if (!more()) {
                    return false;
                }
            }
            return false;
        } catch (SocketTimeoutException _) {
            return true;
        }
    }

    /** Reads and drops at most {@code bytesMax}, so that a close does not destroy our answer. */
    void drain(int bytesMax) throws IOException {
        for (int dropped = 0; dropped < bytesMax && hasNext(); dropped += end - next, next = end) {}
    }

    private boolean fill() throws IOException {
        next = 0;
        end = 0;
        return more();
    }

    private boolean more() throws IOException {
        long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
        if (leftMillis <= 0) {
            throw new SocketTimeoutException("deadline passed");
        }
        socket.setSoTimeout((int) Math.min(leftMillis, Integer.MAX_VALUE));
        int count = in.read(buffer, end, buffer.length - end);
        end += Math.max(count, 0);
        return count > 0;
    }
}
