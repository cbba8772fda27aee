package dev.paygateway.chaos.fault.manifest;

import dev.paygateway.chaos.fault.manifest.Experiment.Calls;
import dev.paygateway.chaos.fault.manifest.Experiment.CertificateAction;
import dev.paygateway.chaos.fault.manifest.Experiment.Direction;
import dev.paygateway.chaos.fault.manifest.Experiment.Packets;
import dev.paygateway.chaos.fault.manifest.Experiment.PodAction;
import dev.paygateway.chaos.fault.manifest.Experiment.VaultAction;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the {@code spec} of each kind of fault. */
final class Experiments {
    private static final int PERCENT_MAX = 100;
    private static final int ERRNO_MAX = 133;
    private static final int WORKERS_MAX = 16;
    private static final Pattern RATE = Pattern.compile("(\\d{1,6})([kmgKMG]?)(bps|bit)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})([KMG]?)i?B?");
    private static final Map<String, String> EMBEDDED =
            Map.of(
                    "PodChaos", "podChaos",
                    "NetworkChaos", "networkChaos",
                    "IOChaos", "ioChaos",
                    "StressChaos", "stressChaos",
                    "TimeChaos", "timeChaos");

    private Experiments() {}

    /** The field that holds a fault of this kind in a workflow or a schedule. */
    static Optional<String> embedded(String kind) {
        return Optional.ofNullable(EMBEDDED.get(kind));
    }

    static Experiment read(String kind, Fields spec) {
        var experiment =
                switch (kind) {
                    case "PodChaos" -> pod(spec);
                    case "NetworkChaos" -> network(spec);
                    case "IOChaos" -> io(spec);
                    case "StressChaos" -> stress(spec);
                    case "TimeChaos" -> clock(spec);
                    case "ProcessChaos" -> freeze(spec);
                    case "VaultChaos" -> vault(spec);
                    case "CertificateChaos" -> certificate(spec);
                    case "DnsChaos" -> dns(spec);
                    case "AcquirerChaos" -> acquirer(spec);
                    default -> throw new IllegalArgumentException(kind);
                };
        spec.end();
        return experiment;
    }

    private static Experiment pod(Fields spec) {
        var word = spec.oneOf("action", "pod-kill", "pod-failure", "container-kill");
        var action =
                switch (word) {
                    case "pod-kill" -> PodAction.KILL;
                    case "pod-failure" -> PodAction.FAILURE;
                    default -> PodAction.CONTAINER_KILL;
                };
        var duration = spec.length("duration");
        if (action == PodAction.FAILURE && duration.isEmpty()) {
            throw spec.missing("duration");
        }
        var containers = spec.texts("containerNames");
        if (action == PodAction.CONTAINER_KILL && containers.isEmpty()) {
            throw spec.missing("containerNames");
        }
        var grace = Duration.ofSeconds(spec.integer("gracePeriod", 0, 0, 300));
        return new Experiment.Pod(Selector.read(spec), duration, action, grace);
    }

    private static Experiment network(Fields spec) {
        var word = spec.oneOf("action", "partition", "delay", "loss", "bandwidth");
        var packets =
                switch (word) {
                    case "partition" -> new Packets.Partition();
                    case "delay" -> delay(spec.requireChild("delay"));
                    case "loss" -> new Packets.Loss(loss(spec));
                    default -> bandwidth(spec.requireChild("bandwidth"));
                };
        var direction =
                spec.has("direction")
                        ? Direction.valueOf(
                                spec.oneOf("direction", "to", "from", "both")
                                        .toUpperCase(Locale.ROOT))
                        : Direction.TO;
        var externals = spec.texts("externalTargets");
        var target = spec.child("target");
        if (direction != Direction.TO && target.isEmpty() && externals.isEmpty()) {
            throw spec.refuse("direction", "Chaos Mesh wants a target with it");
        }
        var targets = target.map(Experiments::target);
        return new Experiment.Network(
                Selector.read(spec),
                spec.length("duration"),
                packets,
                direction,
                targets,
                externals);
    }

    private static Selector target(Fields target) {
        var selector = Selector.read(target);
        target.end();
        return selector;
    }

    private static Packets delay(Fields delay) {
        delay.only("correlation", "0");
        var packets =
                new Packets.Delay(
                        delay.requireLength("latency"),
                        delay.length("jitter").orElse(Duration.ZERO));
        delay.end();
        return packets;
    }

    private static double loss(Fields spec) {
        var fields = spec.requireChild("loss");
        fields.only("correlation", "0");
        var percent = fields.percent("loss");
        fields.end();
        return percent;
    }

    private static Packets bandwidth(Fields bandwidth) {
        var found = RATE.matcher(bandwidth.require("rate"));
        if (!found.matches()) {
            throw bandwidth.refuse("rate", "expected e.g. 10mbps or 800kbit");
        }
        // Required by Chaos Mesh, of the token bucket that the wire here has not.
        bandwidth.integer("limit", 1, 1, Integer.MAX_VALUE);
        bandwidth.integer("buffer", 1, 1, Integer.MAX_VALUE);
        bandwidth.end();
        long bytesOrBits = found.group(3).equals("bps") ? 8 : 1;
        return new Packets.Bandwidth(
                Long.parseLong(found.group(1)) * thousands(found.group(2), 1000) * bytesOrBits);
    }

    private static long thousands(String letter, long thousand) {
        return switch (letter.toLowerCase(Locale.ROOT)) {
            case "k" -> thousand;
            case "m" -> thousand * thousand;
            case "g" -> thousand * thousand * thousand;
            default -> 1;
        };
    }

    private static Experiment io(Fields spec) {
        var action = spec.oneOf("action", "fault", "latency");
        var calls =
                action.equals("fault")
                        ? new Calls.Fail((int) errno(spec))
                        : new Calls.Slow(spec.requireLength("delay"));
        var methods = spec.texts("methods");
        for (var method : methods) {
            if (!Vocabulary.METHODS.contains(method)) {
                throw spec.refuse(
                        "methods",
                        method + ": expected of " + String.join(", ", Vocabulary.METHODS));
            }
        }
        var percent = (int) spec.integer("percent", PERCENT_MAX, 1, PERCENT_MAX);
        var volume = spec.require("volumePath");
        spec.only("path", volume + "/**/*");
        spec.texts("containerNames");
        return new Experiment.Io(
                Selector.read(spec), spec.length("duration"), calls, methods, percent, volume);
    }

    private static long errno(Fields spec) {
        if (!spec.has("errno")) {
            throw spec.missing("errno");
        }
        return spec.integer("errno", 0, 1, ERRNO_MAX);
    }

    private static Experiment stress(Fields spec) {
        var stressors = spec.requireChild("stressors");
        var cpu = stressors.child("cpu");
        var memory = stressors.child("memory");
        if (cpu.isEmpty() && memory.isEmpty()) {
            throw stressors.missing("cpu");
        }
        var cpuWorkers = cpu.map(Experiments::workers).orElse(0);
        var load = cpu.map(fields -> (int) fields.integer("load", PERCENT_MAX, 1, PERCENT_MAX));
        var memoryWorkers = memory.map(Experiments::workers).orElse(0);
        var bytes = memory.map(Experiments::size);
        cpu.ifPresent(Fields::end);
        memory.ifPresent(Fields::end);
        stressors.end();
        spec.texts("containerNames");
        return new Experiment.Stress(
                Selector.read(spec),
                spec.length("duration"),
                cpuWorkers,
                load.orElse(0),
                memoryWorkers,
                bytes.orElse(0L));
    }

    private static int workers(Fields fields) {
        if (!fields.has("workers")) {
            throw fields.missing("workers");
        }
        return (int) fields.integer("workers", 1, 1, WORKERS_MAX);
    }

    private static long size(Fields memory) {
        var found = SIZE.matcher(memory.require("size"));
        if (!found.matches()) {
            throw memory.refuse("size", "expected e.g. 256MB; a share of all memory is not played");
        }
        return Long.parseLong(found.group(1)) * thousands(found.group(2), 1024);
    }

    private static Experiment clock(Fields spec) {
        var offset = spec.requireLength("timeOffset");
        for (var clock : spec.texts("clockIds")) {
            if (!clock.equals("CLOCK_REALTIME")) {
                throw spec.refuse("clockIds", clock + ": only CLOCK_REALTIME can be moved");
            }
        }
        spec.texts("containerNames");
        return new Experiment.Clock(Selector.read(spec), spec.length("duration"), offset);
    }

    private static Experiment freeze(Fields spec) {
        spec.oneOf("action", "pause");
        return new Experiment.Freeze(Selector.read(spec), spec.length("duration"));
    }

    private static Experiment vault(Fields spec) {
        var word = spec.oneOf("action", "seal", "slow", "revoke-leases", "drop-users");
        var action = VaultAction.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        var delay = action == VaultAction.SLOW ? spec.requireLength("delay") : Duration.ZERO;
        return new Experiment.Vault(Selector.read(spec), spec.length("duration"), action, delay);
    }

    private static Experiment certificate(Fields spec) {
        var word = spec.oneOf("action", "expired", "wrong-ca");
        var action = CertificateAction.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        return new Experiment.Certificate(Selector.read(spec), spec.length("duration"), action);
    }

    private static Experiment dns(Fields spec) {
        spec.oneOf("action", "wrong-answer");
        var answer = spec.oneOf("answer", "east", "north");
        return new Experiment.Dns(Selector.read(spec), spec.length("duration"), answer);
    }

    private static Experiment acquirer(Fields spec) {
        var misbehaviour = spec.oneOf("action", Vocabulary.MISBEHAVIOURS.toArray(String[]::new));
        var percent = (int) spec.integer("percent", PERCENT_MAX, 1, PERCENT_MAX);
        return new Experiment.Acquirer(
                Selector.read(spec), spec.length("duration"), misbehaviour, percent);
    }
}
