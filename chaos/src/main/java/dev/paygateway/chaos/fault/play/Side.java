package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.lab.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Parts that share a network namespace, as one end of a connection.
 *
 * @param namespace its file, empty for the machine's own
 * @param address which all of them have
 * @param whole whether they are all that is there: then no packet of the address is another's
 * @param ports at which they listen
 */
record Side(String namespace, String address, boolean whole, Set<Integer> ports, List<Part> parts) {
    private static final String LOOPBACK = "127.0.0.1";

    Side {
        ports = new TreeSet<>(ports);
        parts = List.copyOf(parts);
    }

    /** Each namespace that some of these parts are in. */
    static List<Side> of(List<Part> chosen, Context context) {
        var byNamespace = new LinkedHashMap<String, List<Part>>();
        for (var part : chosen) {
            byNamespace.computeIfAbsent(file(part), _ -> new ArrayList<>()).add(part);
        }
        return byNamespace.entrySet().stream()
                .map(entry -> side(entry.getKey(), entry.getValue(), context))
                .toList();
    }

    /** An address that is no part's. */
    static Side external(String address, Optional<Integer> port) {
        var ports = port.map(Set::of).orElseGet(Set::of);
        return new Side("", address, port.isEmpty(), ports, List.of());
    }

    private static Side side(String namespace, List<Part> chosen, Context context) {
        var there = context.pods().stream().filter(part -> file(part).equals(namespace)).toList();
        var whole = !namespace.isEmpty() && chosen.containsAll(there);
        var ports = new TreeSet<Integer>();
        chosen.forEach(part ->
                part.process().ifPresent(process -> ports.addAll(Sockets.listening(process))));
        var address =
                chosen.stream()
                        .flatMap(part -> host(part).stream())
                        .findFirst()
                        .or(() -> there.stream().flatMap(part -> host(part).stream()).findFirst())
                        .orElse(LOOPBACK);
        return new Side(namespace, address, whole, ports, chosen);
    }

    private static Optional<String> host(Part part) {
        var colon = part.address().lastIndexOf(':');
        return colon < 0 ? Optional.empty() : Optional.of(part.address().substring(0, colon));
    }

    private static String file(Part part) {
        return part.namespace().map(name -> "/run/netns/" + name).orElse("");
    }

    /**
     * Whether an address is one of this side's; a side that is no part's may be a whole network.
     */
    boolean covers(String other) {
        var slash = address.indexOf('/');
        if (slash < 0) {
            return address.equals(other);
        }
        int bits = Integer.parseInt(address.substring(slash + 1));
        int shift = Integer.SIZE - bits;
        return bits == 0
                || number(address.substring(0, slash)) >>> shift == number(other) >>> shift;
    }

    private static int number(String address) {
        int number = 0;
        for (var part : address.split("\\.", -1)) {
            number = number << Byte.SIZE | Integer.parseInt(part);
        }
        return number;
    }

    String told() {
        return parts.isEmpty() ? address : parts.getFirst().region();
    }
}
