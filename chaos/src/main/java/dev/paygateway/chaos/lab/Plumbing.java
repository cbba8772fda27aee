package dev.paygateway.chaos.lab;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes and removes the network of a lab with two regions: a namespace and a switch for each place,
 * a hub, and a leg between each switch and the hub.
 */
final class Plumbing {
    static final String HUB = "hub";

    private static final String SWITCH = "switch-";
    private static final String LEG = "wan-";
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Path NAMESPACES = Path.of("/run/netns");

    /**
     * The programs read commands from their standard input, and end with it: this one never does.
     */
    private static final String IDLE = "exec \"$@\" <>\"$0\"";

    private final Wan wan;
    private final List<Site> sites;
    private final Path memory;

    Plumbing(Wan wan, List<Site> sites) {
        this.wan = wan;
        this.sites = List.copyOf(sites);
        memory = sites.getFirst().memory();
    }

    /** Refuses to go on when another lab holds this network, before anything is started. */
    void requireFree() {
        var taken =
                Wan.LEGS.stream()
                        .map(wan::namespace)
                        .filter(name -> Files.exists(NAMESPACES.resolve(name)));
        taken.findFirst()
                .ifPresent(name -> {
                    throw LabFailure.failed(
                            "the network namespace "
                                    + name
                                    + " is there already: end the lab that it belongs to, or"
                                    + " take another: ./gateway up --regions 2 --port-offset 100");
                });
    }

    void makeNamespaces() {
        run("mkfifo", "-m", "600", idle().toString());
        for (var place : Wan.LEGS) {
            run("ip", "netns", "add", wan.namespace(place));
            run("ip", "-n", wan.namespace(place), "link", "set", "lo", "up");
        }
    }

    /** In the order of their start: hub, switches, legs. */
    List<Part> parts() {
        var parts = new ArrayList<Part>();
        parts.add(bridge(site(Wan.OUTSIDE), HUB));
        Wan.LEGS.forEach(place -> parts.add(bridge(site(place), SWITCH + place)));
        Wan.LEGS.forEach(place -> parts.add(leg(site(place))));
        return parts;
    }

    private Site site(String place) {
        return sites.stream().filter(each -> each.region().equals(place)).findFirst().orElseThrow();
    }

    private Part bridge(Site site, String name) {
        var socket = memory.resolve(name);
        var face = wan.namespace(site.region());
        return part(
                site,
                name,
                socket.resolve("ctl"),
                "vde_switch",
                "-s",
                socket.toString(),
                "-t",
                face);
    }

    private Part leg(Site site) {
        var place = site.region();
        var control = Network.control(memory, place);
        var ends = memory.resolve(SWITCH + place) + ":" + memory.resolve(HUB);
        var delay = WireFilter.delay(Shape.NORMAL);
        return part(
                site,
                LEG + place,
                control,
                "wirefilter",
                "-v",
                ends,
                "-N",
                "-d",
                delay,
                "-M",
                control.toString());
    }

    private Part part(Site site, String name, Path socket, String... program) {
        var command =
                Stream.concat(Stream.of("sh", "-c", IDLE, idle().toString()), Stream.of(program))
                        .toList();
        return site.networkPart(name, !name.startsWith(LEG), command)
                .readyWhen(URI.create("file:" + socket), List.of(socket));
    }

    private Path idle() {
        return memory.resolve("idle");
    }

    /** By which a program is started in a namespace. */
    static Path file(String namespace) {
        return NAMESPACES.resolve(namespace);
    }

    /** Whatever an earlier process of this part left would look like a start. */
    static void beforeStart(Part part) {
        if (part.role() == Role.NETWORK) {
            part.produces().forEach(Folders::remove);
        }
    }

    /** Gives a switch's own interface its address; there is one in each place, and outside. */
    void afterStart(Part part) {
        if (part.role() != Role.NETWORK || part.name().startsWith(LEG)) {
            return;
        }
        var face = wan.namespace(part.region());
        var in = part.namespace().map(name -> List.of("ip", "-n", name)).orElse(List.of("ip"));
        if (!Await.holds(LIMIT, () -> Commands.run(LIMIT, with(in, "link", "show", face)).fine())) {
            throw LabFailure.failed(part.name() + " made no interface " + face);
        }
        run(with(in, "link", "set", face, "address", wan.hardwareAddress(part.region()), "up"));
        run(with(in, "addr", "add", wan.addressWithMask(part.region()), "dev", face));
    }

    private static String[] with(List<String> first, String... more) {
        return Stream.concat(first.stream(), Stream.of(more)).toArray(String[]::new);
    }

    /** Removes the namespaces; the interfaces went with the switches. */
    void remove() {
        for (var place : Wan.LEGS) {
            if (Files.exists(NAMESPACES.resolve(wan.namespace(place)))) {
                run("ip", "netns", "delete", wan.namespace(place));
            }
        }
    }

    private static void run(String... command) {
        var outcome = Commands.run(LIMIT, command);
        if (!outcome.fine()) {
            throw LabFailure.failed(String.join(" ", command) + ": " + outcome.output().strip());
        }
    }
}
