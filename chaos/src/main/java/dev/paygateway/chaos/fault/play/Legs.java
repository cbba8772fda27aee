package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.fault.manifest.Experiment.Network;
import dev.paygateway.chaos.fault.manifest.Experiment.Packets;
import dev.paygateway.chaos.fault.manifest.ManifestRefused;
import dev.paygateway.chaos.fault.play.Proof.Reading;
import dev.paygateway.chaos.lab.Part;
import dev.paygateway.chaos.lab.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Slows the leg between a region and everybody else: the lab's wire does it, for all or nobody. */
final class Legs {
    private static final int SINK_PORT = 61_999;
    private static final long SENT_BYTES = 262_144;
    private static final double NANOS_PER_MS = 1e6;

    private Legs() {}

    static Plan delay(Network network, Packets.Delay delay, Context context) {
        var side = wholeRegion(network, context, "delay");
        var leg = side.told();
        var before = context.stage().shape(leg);
        var slower = before.withDelay(before.delay().plus(delay.latency()), delay.jitter());
        var probe = probe(side, context);
        var added = 2 * delay.latency().minus(delay.jitter()).toNanos() / NANOS_PER_MS;
        var proof =
                Proof.of(
                        probe.told() + ", best of 5",
                        probe::handshake,
                        (first, during) -> during.figure() >= first.figure() + added / 2);
        return plan(side, before, slower, context, proof);
    }

    static Plan bandwidth(Network network, Packets.Bandwidth bandwidth, Context context) {
        var side = wholeRegion(network, context, "bandwidth");
        var before = context.stage().shape(side.told());
        var narrow = before.withBandwidth(OptionalLong.of(bandwidth.bitsPerSecond()));
        var least = SENT_BYTES * Byte.SIZE / (double) bandwidth.bitsPerSecond() / 2;
        var proof =
                Proof.of(
                        SENT_BYTES / 1024 + " KiB from " + side.told() + " to outside",
                        () -> sent(side),
                        (first, during) ->
                                during.figure() >= least && during.figure() > first.figure());
        return plan(side, before, narrow, context, proof);
    }

    private static Plan plan(Side side, Shape before, Shape during, Context context, Proof proof) {
        var stage = context.stage();
        return new Plan(
                Context.names(side.parts()),
                List.of(stage.shapeAgain(side.told(), before)),
                () -> stage.shape(side.told(), during),
                List.of(proof));
    }

    private static Side wholeRegion(Network network, Context context, String action) {
        var sides = Side.of(context.chosen(network.selector()), context);
        if (sides.size() != 1 || !sides.getFirst().whole()) {
            throw refusal(context, "spec.selector", action, "select one whole region, mode all");
        }
        if (!Cuts.bothWays(network)) {
            throw refusal(context, "spec.direction", action, "the wire is as slow both ways: both");
        }
        if (!network.externals().isEmpty()) {
            throw refusal(context, "spec.externalTargets", action, "give a target");
        }
        var side = sides.getFirst();
        var other = network.targets().map(context::chosen).orElse(List.of());
        if (!other.containsAll(others(side, context))) {
            throw refusal(
                    context,
                    "spec.target",
                    action,
                    "the wire slows a region towards everybody: select all that are not in it");
        }
        return side;
    }

    private static List<Part> others(Side side, Context context) {
        return context.pods().stream()
                .filter(part -> part.namespace().isPresent() && !side.parts().contains(part))
                .toList();
    }

    private static ManifestRefused refusal(
            Context context, String path, String action, String remedy) {
        return context.refuse(path, action, remedy);
    }

    private static Probe probe(Side side, Context context) {
        return Side.of(others(side, context), context).stream()
                .flatMap(other ->
                        other.ports().stream()
                                .map(port ->
                                        new Probe(
                                                side.namespace(),
                                                side.told(),
                                                other.address(),
                                                port)))
                .filter(Probe::reaches)
                .findFirst()
                .orElseThrow(() -> new FaultFailure("nobody outside " + side.told() + " answers"));
    }

    /** Seconds until the far side has all of it. */
    private static Reading sent(Side side) {
        var millis =
                Shell.must(
                        ("socat -u TCP-LISTEN:%1$d,reuseaddr /dev/null & p=$!; sleep 0.2;"
                                        + " s=$EPOCHREALTIME; head -c %2$d /dev/zero | %3$ssocat"
                                        + " -t 30 -"
                                        + " TCP:$(ip -4 route get %4$s | sed -n 's/.* src \\([^"
                                        + " ]*\\).*/\\1/p'):%1$d; wait $p; e=$EPOCHREALTIME; echo"
                                        + " $(((${e/./}-${s/./})/1000))")
                                .formatted(
                                        SINK_PORT,
                                        SENT_BYTES,
                                        Shell.prefix(side.namespace()),
                                        side.address()));
        var seconds = Duration.ofMillis(Long.parseLong(millis)).toNanos() / 1e9;
        return new Reading(String.format(Locale.ROOT, "%.2f s", seconds), seconds);
    }
}
