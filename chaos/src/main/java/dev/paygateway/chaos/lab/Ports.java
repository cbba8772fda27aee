package dev.paygateway.chaos.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ports of one place of the lab.
 *
 * @param address where all of them are
 * @param offset what is added to every one, 0 for the documented ports
 */
record Ports(String address, int offset) {
    static final String LOOPBACK = "127.0.0.1";
    private static final int HIGHEST = 65_535;
    private static final int VAULT = 18_200;
    private static final int OFFSET_MAX = HIGHEST - VAULT - 1;

    Ports {
        if (offset < 0 || offset > OFFSET_MAX) {
            throw LabFailure.usage(
                    "--port-offset "
                            + offset
                            + " leads out of the port range; give 0 to "
                            + OFFSET_MAX);
        }
    }

    int database() {
        return 13_306 + offset;
    }

    int vault() {
        return VAULT + offset;
    }

    /** Vault listens there for other servers of its region; in the lab there are none. */
    int vaultCluster() {
        return VAULT + 1 + offset;
    }

    /** The agent beside instance 1 or 2. */
    int agent(int instance) {
        return 18_100 + instance + offset;
    }

    int migrationAgent() {
        return 18_100 + offset;
    }

    /** 1 is amber, 2 is basalt. */
    int acquirer(int number) {
        return 17_000 + number + offset;
    }

    int gateway(int instance) {
        return 8_442 + instance + offset;
    }

    /** Where merchants call a region that has an edge. */
    int edge() {
        return 8_440 + offset;
    }

    /** The page on which the edge's Envoy shows what it has and counts. */
    int edgeAdmin() {
        return 9_440 + offset;
    }

    int management(int instance) {
        return 9_442 + instance + offset;
    }

    String authority(int port) {
        return address + ":" + port;
    }

    String url(int port) {
        return "https://" + authority(port);
    }

    /** Refuses to go on when another program holds one of the ports, before anything is started. */
    void requireFree() {
        for (var port : all().entrySet()) {
            if (!free(port.getValue())) {
                throw LabFailure.failed(
                        "port %d, which %s needs, is in use by another program; end that program"
                                        .formatted(port.getValue(), port.getKey())
                                + " (`ss -ltnp 'sport = :%d'` names it) or shift all ports:"
                                        .formatted(port.getValue())
                                + " ./gateway up --port-offset 100");
            }
        }
    }

    private Map<String, Integer> all() {
        var all = new LinkedHashMap<String, Integer>();
        all.put("vault", vault());
        all.put("vault (cluster)", vaultCluster());
        all.put("database", database());
        all.put("amber", acquirer(1));
        all.put("basalt", acquirer(2));
        all.put("agent-migration", migrationAgent());
        for (int instance = 1; instance <= Instances.COUNT; instance++) {
            all.put("agent-" + instance, agent(instance));
            all.put("gateway-" + instance, gateway(instance));
            all.put("gateway-" + instance + " (management)", management(instance));
        }
        return all;
    }

    private boolean free(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
