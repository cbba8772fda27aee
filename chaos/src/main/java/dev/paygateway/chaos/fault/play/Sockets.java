package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.lab.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The TCP ports that a process listens at, as the kernel knows them. */
final class Sockets {
    private static final String LISTEN = "0A";
    private static final int LOCAL = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final int HEX = 16;

    private Sockets() {}

    static Set<Integer> listening(ProcessId process) {
        var own = sockets(process);
        return Stream.of("tcp", "tcp6")
                .flatMap(table -> lines(process, table))
                .map(line -> line.strip().split("\\s+", -1))
                .filter(cells -> cells[STATE].equals(LISTEN))
                .filter(cells -> own.contains("socket:[" + cells[INODE] + "]"))
                .map(cells -> port(cells[LOCAL]))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1), HEX);
    }

    private static Stream<String> lines(ProcessId process, String table) {
        try {
            return Files.readAllLines(proc(process).resolve("net").resolve(table)).stream().skip(1);
        } catch (IOException gone) {
            return Stream.empty();
        }
    }

    private static Set<String> sockets(ProcessId process) {
        try (var descriptors = Files.list(proc(process).resolve("fd"))) {
            return descriptors.map(Sockets::target).collect(Collectors.toSet());
        } catch (IOException gone) {
            return Set.of();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private static Path proc(ProcessId process) {
        return Path.of("/proc", Long.toString(process.pid()));
    }
}
