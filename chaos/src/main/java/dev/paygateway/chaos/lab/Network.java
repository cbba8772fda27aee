package dev.paygateway.chaos.lab;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The legs of a lab with two regions, for whoever slows, loses or cuts what passes. A leg is named
 * by its place: {@code east}, {@code north} or {@code witness}. What is done stays done, also when
 * the process that did it ends, until {@link #heal()}.
 */
public final class Network {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final double ALL = 100;

    private final Wan wan;
    private final Path memory;

    Network(Wan wan, Path memory) {
        this.wan = wan;
        this.memory = memory;
    }

    /** The address of a place: {@code east}, {@code north}, {@code witness}, {@code outside}. */
    public String address(String place) {
        return wan.address(place);
    }

    public void shape(String leg, Shape shape) {
        filter(leg).shape(shape);
    }

    public Shape shapeOf(String leg) {
        return filter(leg).shape();
    }

    /** Nothing passes, either way. */
    public void cut(String leg) {
        shape(leg, shapeOf(leg).withLoss(ALL, ALL));
    }

    /** The place hears, but is not heard. */
    public void cutOut(String leg) {
        shape(leg, shapeOf(leg).withLoss(ALL, 0));
    }

    /** The place is heard, but does not hear. */
    public void cutIn(String leg) {
        shape(leg, shapeOf(leg).withLoss(0, ALL));
    }

    /** Two places lose each other, and nothing else; the second may be the outside. */
    public void cutPair(String leg, String other) {
        var peer = wan.address(other);
        tables(leg, "-I INPUT -s " + peer + " -j DROP");
        tables(leg, "-I OUTPUT -d " + peer + " -j DROP");
    }

    /** Every leg as it was when the lab came up, and no pair cut. */
    public void heal() {
        for (var leg : Wan.LEGS) {
            shape(leg, Shape.NORMAL);
            tables(leg, "-F");
        }
    }

    private void tables(String leg, String arguments) {
        var namespace = Plumbing.file(wan.namespace(requireLeg(leg)));
        var command = "nsenter --net=" + namespace + " iptables -w " + arguments;
        var outcome = Commands.run(LIMIT, command.split(" ", -1));
        if (!outcome.fine()) {
            throw LabFailure.failed(command + ": " + outcome.output().strip());
        }
    }

    private WireFilter filter(String leg) {
        return new WireFilter(control(memory, requireLeg(leg)));
    }

    private static String requireLeg(String leg) {
        if (!Wan.LEGS.contains(leg)) {
            throw LabFailure.usage("no leg is called " + leg + "; there are " + Wan.LEGS);
        }
        return leg;
    }

    /** In memory: a socket's name must be short. */
    static Path control(Path memory, String leg) {
        return memory.resolve("wan-" + leg + ".control");
    }
}
