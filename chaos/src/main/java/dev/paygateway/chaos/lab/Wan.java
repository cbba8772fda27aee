package dev.paygateway.chaos.lab;

import java.util.List;

/**
 * The network of a lab with two regions: names and addresses. Each place but the outside is a
 * network namespace with one switch; its leg leads to a hub, and the hub to the machine's own
 * namespace, which is the outside.
 *
 * @param number tells the networks of labs side by side apart
 */
record Wan(int number) {
    static final String EAST = "east";
    static final String NORTH = "north";
    static final String WITNESS = "witness";
    static final String OUTSIDE = "outside";

    /** The places that hold a part of each kind. */
    static final List<String> REGIONS = List.of(EAST, NORTH);

    /** The places that a leg leads to. */
    static final List<String> LEGS = List.of(EAST, NORTH, WITNESS);

    private static final int OFFSET_STEP = 100;
    private static final int NUMBERS = 250;
    private static final int OUTSIDE_HOST = 254;

    /** Every hundred of the port offset is another network. */
    static Wan of(int portOffset) {
        return new Wan(portOffset / OFFSET_STEP % NUMBERS);
    }

    /** The name of a place's namespace, and of the interface in it. */
    String namespace(String place) {
        return "pg" + number + "-" + place;
    }

    /** The machine's own interface to the hub. */
    String outside() {
        return namespace(OUTSIDE);
    }

    String address(String place) {
        return subnet(host(place));
    }

    /** As {@code ip addr add} takes it. */
    String addressWithMask(String place) {
        return address(place) + "/24";
    }

    /** The same at each start of a switch, so that no neighbour remembers a wrong one. */
    String hardwareAddress(String place) {
        return "02:91:00:%02x:00:%02x".formatted(number, host(place));
    }

    /** Where a leg's place stands among the addresses, and its Galera segment. */
    static int segment(String place) {
        return LEGS.indexOf(place) + 1;
    }

    private static int host(String place) {
        return place.equals(OUTSIDE) ? OUTSIDE_HOST : segment(place);
    }

    private String subnet(int host) {
        return "10.91." + number + "." + host;
    }
}
