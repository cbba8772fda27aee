package dev.paygateway.chaos.fault;

import dev.paygateway.chaos.fault.play.Stage;
import dev.paygateway.chaos.lab.Part;
import dev.paygateway.chaos.lab.ProcessId;
import dev.paygateway.chaos.lab.Role;
import dev.paygateway.chaos.lab.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stage of plain processes that a folder knows: {@code NAME.part} says what each is, {@code
 * NAME.pid} which process it is now. So another JVM can play on it, and be killed.
 */
record PlainStage(Path folder) implements Stage {
    private static final String START =
            """
            cd "$(dirname "$0")"
            for name; do
                grep -qs '^State:.[^ZX]' "/proc/$(cat $name.pid 2>/dev/null)/status" && continue
                setsid sh $name.sh </dev/null >>$name.log 2>&1 &
                echo $! >$name.pid
            done
            """;

    /** Adds a part and starts it; {@code command} replaces its shell. */
    void add(String name, Role role, String region, String address, String command) {
        write(folder.resolve("start.sh"), START);
        write(folder.resolve(name + ".sh"), "exec " + command + "\n");
        write(folder.resolve(name + ".part"), String.join(" ", role.name(), region, address));
        Commands.must("sh", folder.resolve("start.sh").toString(), name);
    }

    @Override
    public List<Part> parts() {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".part"))
                    .sorted()
                    .map(this::part)
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Part part(Path file) {
        var name = String.valueOf(file.getFileName()).replace(".part", "");
        var words = read(file).split(" ", -1);
        var namespace =
                words[1].startsWith("pgt") ? Optional.of(words[1]) : Optional.<String>empty();
        return new Part(
                name,
                Role.valueOf(words[0]),
                words[1],
                namespace,
                words[2],
                List.of(),
                folder.resolve(name + ".log"),
                URI.create("http://" + words[2] + "/"),
                List.of(),
                process(name),
                false);
    }

    private Optional<ProcessId> process(String name) {
        var pid = Long.parseLong(read(folder.resolve(name + ".pid")).strip());
        var stat = Path.of("/proc", Long.toString(pid), "stat");
        if (!Files.exists(stat)) {
            return Optional.of(new ProcessId(pid, 0));
        }
        var text = read(stat);
        var fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        return Optional.of(new ProcessId(pid, Long.parseLong(fields[19])));
    }

    Part part(String name) {
        return parts().stream().filter(part -> part.name().equals(name)).findFirst().orElseThrow();
    }

    void end() {
        for (var part : parts()) {
            part.process()
                    .filter(ProcessId::alive)
                    .ifPresent(process -> Commands.run("kill", "-9", "" + process.pid()));
        }
    }

    @Override
    public Path run() {
        return folder;
    }

    @Override
    public String startAgain(List<String> names) {
        return "sh " + folder.resolve("start.sh") + " " + String.join(" ", names);
    }

    @Override
    public Shape shape(String leg) {
        throw new UnsupportedOperationException(leg);
    }

    @Override
    public void shape(String leg, Shape shape) {
        throw new UnsupportedOperationException(leg);
    }

    @Override
    public String shapeAgain(String leg, Shape shape) {
        throw new UnsupportedOperationException(leg);
    }

    @Override
    public String vault(String region, String path, Map<String, String> body) {
        throw new UnsupportedOperationException(path);
    }

    @Override
    public String unsealAgain(String region) {
        throw new UnsupportedOperationException(region);
    }

    @Override
    public List<String> sql(String region, String statements) {
        throw new UnsupportedOperationException(statements);
    }

    @Override
    public String sqlAgain(String region, String statement) {
        throw new UnsupportedOperationException(statement);
    }

    @Override
    public String pokeAgain(ProcessId process, long address, String hex) {
        return new LabStage(folder).pokeAgain(process, address, hex);
    }

    @Override
    public Path secrets(String part) {
        return folder.resolve("secrets");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
