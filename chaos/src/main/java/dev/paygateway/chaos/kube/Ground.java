package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Commands;
import dev.paygateway.chaos.lab.Folders;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.MemoryDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the cluster keeps what, and who is at which address. The addresses are of 198.18.0.0/15,
 * which belongs to nobody: it is set apart for tests of networks.
 *
 * @param root the checkout
 */
record Ground(Path root) {
    static final String NAMESPACE = "gateway-kube";
    static final String NODE = "one";
    static final String HOST_ADDRESS = "198.18.0.1";
    static final String NODE_ADDRESS = "198.18.0.2";
    static final String PODS = "198.18.1.0/24";
    static final String SERVICES = "198.19.0.0/24";

    /** Only the first sixteen of 256 addresses are never given to a Service that names none. */
    static final String API_ADDRESS = "198.19.0.1";

    static final String DNS_ADDRESS = "198.19.0.10";
    static final String VAULT_ADDRESS = "198.19.0.11";
    static final String DATABASE_ADDRESS = "198.19.0.12";

    /** Of each node, where the auditor compares them. */
    static final List<String> DATABASE_NODES = List.of("198.19.0.6", "198.19.0.7");

    static final String EDGE_ADDRESS = "198.19.0.15";

    /** The acquirers, in the order of preference. */
    static final Map<String, String> ACQUIRERS =
            Map.of("amber", "198.19.0.13", "basalt", "198.19.0.14");

    private static final Pattern PLACE = Pattern.compile("\\$\\{([a-z]+)}");

    static Ground here() {
        return new Ground(
                Path.of(System.getProperty("gateway.root", "")).toAbsolutePath().normalize());
    }

    /** As {@code --state} of the other commands takes it. */
    Path state() {
        return root.resolve(".gateway/kube");
    }

    Path run() {
        return state().resolve("run");
    }

    /** What a node's disk would hold: it ends with the cluster. */
    Path data() {
        return run().resolve("data");
    }

    Path logs() {
        return run().resolve("logs");
    }

    /** Keys, and the API server's own store; in memory alone. */
    Path memory() {
        return MemoryDirectory.of(state());
    }

    /** Certificates of the cluster's own parts. */
    Path pki() {
        return memory().resolve("pki");
    }

    Path tools() {
        return root.resolve(".gateway/tools");
    }

    /** Whether the cluster that is or comes up has a mesh: what {@code up} was told, kept. */
    boolean isMeshed() {
        return Files.exists(meshed());
    }

    /** Is there while there is a mesh. */
    Path meshed() {
        return run().resolve("meshed");
    }

    /** A file of the lane's own, such as {@code manifests/vault.yaml}. */
    Path own(String name) {
        return root.resolve("chaos/kube").resolve(name);
    }

    /** A file of the lane's own with every place in it filled. */
    String filled(String name, Map<String, String> more) {
        var values = new HashMap<>(known());
        values.putAll(more);
        return PLACE.matcher(Folders.read(own(name)))
                .replaceAll(place -> {
                    var value = values.get(place.group(1));
                    if (value == null) {
                        throw LabFailure.failed(name + ": nothing is called " + place.group());
                    }
                    return Matcher.quoteReplacement(value);
                });
    }

    private Map<String, String> known() {
        var known = new HashMap<>(ACQUIRERS);
        known.put("run", run().toString());
        known.put("data", data().toString());
        known.put("pki", pki().toString());
        known.put("node", NODE);
        known.put("pods", PODS);
        known.put("dns", DNS_ADDRESS);
        known.put("vault", VAULT_ADDRESS);
        known.put("database", DATABASE_ADDRESS);
        known.put("edge", EDGE_ADDRESS);
        return known;
    }

    /** Refuses where the machine cannot do it, and says what would help. */
    static void requireMachine() {
        if (!System.getProperty("user.name").equals("root")) {
            throw LabFailure.machineLacks(
                    "the right to make network namespaces and mounts", "sudo ./gateway kube up");
        }
        require("go", "see https://go.dev/dl: Go 1.26 or newer");
        require("apt-get", "there is no other way here to etcd, containerd and runc");
        require("iptables", "apt-get install iptables");
        require("openssl", "apt-get install openssl");
        require("ip", "apt-get install iproute2");
        require("nsenter", "apt-get install util-linux");
    }

    private static void require(String program, String remedy) {
        if (Commands.onPath(program).isEmpty()) {
            throw LabFailure.machineLacks(program, remedy);
        }
    }
}
