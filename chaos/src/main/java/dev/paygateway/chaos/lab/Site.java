package dev.paygateway.chaos.lab;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One place of a lab: its name, its ports, and where the files of its parts are. A part is asked
 * for by its plain name ({@code database}); where there are two regions, its real one begins with
 * the region's ({@code east-database}).
 *
 * @param region {@code east} where there is but one
 * @param memory the folder in memory that alone holds secrets
 * @param wan empty: everything is on the loopback address
 */
record Site(LabOptions options, String region, Ports ports, Path memory, Optional<Wan> wan) {
    static Site alone(LabOptions options, Path memory) {
        var ports = new Ports(Ports.LOOPBACK, options.portOffset());
        return new Site(options, Wan.EAST, ports, memory, Optional.empty());
    }

    /** Every place of the lab; the first is the one that counts where one is enough. */
    static List<Site> all(LabOptions options, Path memory) {
        if (options.regions() == 1) {
            return List.of(alone(options, memory));
        }
        var wan = Wan.of(options.portOffset());
        return Stream.of(Wan.EAST, Wan.NORTH, Wan.WITNESS, Wan.OUTSIDE)
                .map(place -> in(place, options, memory, wan))
                .toList();
    }

    /** The places that have a Vault, a database and instances. */
    List<Site> regions() {
        return all(options, memory).stream()
                .filter(site -> Wan.REGIONS.contains(site.region))
                .toList();
    }

    /** Where the acquirers are. */
    Site outside() {
        return all(options, memory).getLast();
    }

    private static Site in(String place, LabOptions options, Path memory, Wan wan) {
        var ports = new Ports(wan.address(place), 0);
        return new Site(options, place, ports, memory, Optional.of(wan));
    }

    /** A part's own name. */
    String name(String plain) {
        return wan.isPresent() && Wan.REGIONS.contains(region) ? region + "-" + plain : plain;
    }

    /** The namespace that the parts of this place run in. */
    Optional<String> namespace() {
        return wan.filter(_ -> Wan.LEGS.contains(region)).map(net -> net.namespace(region));
    }

    Path run() {
        return options.run();
    }

    /** What a part keeps on disk. */
    Path folder(String plain) {
        return run().resolve(name(plain));
    }

    /** The secrets of one part. */
    Path secrets(String plain) {
        return memory.resolve(name(plain));
    }

    /** The certificate with which the lab itself speaks to its parts. */
    Path ownIdentity() {
        return memory.resolve("lab");
    }

    /** The authority that everything in the lab trusts. */
    Path ca() {
        return memory.resolve("ca.pem");
    }

    Path log(String plain) {
        return run().resolve("logs").resolve(name(plain) + ".log");
    }

    /** A part that was not started yet. */
    Part part(String plain, Role role, int port, List<String> command) {
        return part(plain, role, command)
                .at(ports.authority(port))
                .readyWhen(URI.create(ports.url(port) + "/"), List.of());
    }

    /** One that serves at no port, and has started when what it produces is there. */
    Part part(String plain, Role role, List<String> command) {
        return new Part(
                name(plain),
                role,
                region,
                namespace(),
                Part.NOWHERE,
                command,
                log(plain),
                URI.create("file:" + log(plain)),
                List.of(),
                Optional.empty(),
                false);
    }

    /**
     * A part of the network, which bears its own name everywhere. A leg runs outside the place that
     * it leads to; a switch inside, as its interface is there.
     */
    Part networkPart(String name, boolean inside, List<String> command) {
        return new Part(
                name,
                Role.NETWORK,
                region,
                namespace().filter(_ -> inside),
                Part.NOWHERE,
                command,
                run().resolve("logs").resolve(name + ".log"),
                URI.create("file:/"),
                List.of(),
                Optional.empty(),
                false);
    }

    /** The JDK that runs this program runs the Java parts too. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
