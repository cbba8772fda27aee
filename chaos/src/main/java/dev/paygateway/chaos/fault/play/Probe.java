package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.fault.play.Proof.Reading;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * One TCP connection that can be tried: from a namespace to a port.
 *
 * @param from a namespace's file, empty for the machine's own
 */
record Probe(String from, String fromTold, String address, int port) {
    private static final int TRIES = 5;
    private static final int TIMED_OUT = 124;
    private static final double MICROS_PER_MS = 1_000;

    /** Milliseconds of a handshake, negative when there is none. */
    Reading connect() {
        var outcome = Shell.in(from, line());
        if (outcome.fine()) {
            var ms = Long.parseLong(outcome.output()) / MICROS_PER_MS;
            return new Reading(String.format(Locale.ROOT, "%.1f ms", ms), ms);
        }
        return outcome.exit() == TIMED_OUT
                ? new Reading("timed out after 1 s", -1)
                : new Reading("refused", -1);
    }

    private String line() {
        return ("timeout 1 bash -c 's=$EPOCHREALTIME; exec 3<>/dev/tcp/%s/%d || exit 1;"
                        + " e=$EPOCHREALTIME; echo $((${e/./}-${s/./}))' 2>/dev/null")
                .formatted(address, port);
    }

    /** The best of some: what the way takes, without what the machine does meanwhile. */
    Reading handshake() {
        return IntStream.range(0, TRIES)
                .mapToObj(_ -> connect())
                .filter(reading -> reading.figure() >= 0)
                .min((one, other) -> Double.compare(one.figure(), other.figure()))
                .orElseGet(() -> new Reading("no connection", -1));
    }

    /** Many connections at once, for the packets that they are. */
    void rush(int connections) {
        Shell.in(
                from,
                ("for i in $(seq %d); do (timeout 1 bash -c 'exec 3<>/dev/tcp/%s/%d' 2>/dev/null) &"
                                + " done; wait")
                        .formatted(connections, address, port));
    }

    boolean reaches() {
        return connect().figure() >= 0;
    }

    String told() {
        return "tcp connect " + fromTold + " -> " + address + ":" + port;
    }
}
