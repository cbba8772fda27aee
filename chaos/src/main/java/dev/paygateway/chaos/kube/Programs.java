package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Commands;
import dev.paygateway.chaos.lab.Folders;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cluster's own processes: each in a session of its own, known by the file that names it. */
final class Programs {
    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    private final Ground ground;

    Programs(Ground ground) {
        this.ground = ground;
    }

    /**
     * Starts one in the cluster's network. {@code ip netns exec} would hide the control groups from
     * it, so only the network is entered.
     *
     * @param path where it finds programs that it starts itself, before all others
     */
    void start(String name, String path, List<String> command) {
        var words = new ArrayList<>(List.of("setsid", "nsenter"));
        words.add("--net=/run/netns/" + Ground.NAMESPACE);
        words.addAll(command);
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().merge("PATH", path, (old, own) -> own + ":" + old);
        builder.redirectInput(Path.of("/dev/null").toFile());
        builder.redirectOutput(log(name).toFile());
        try {
            var id = ProcessId.find(builder.start().pid());
            id.ifPresent(process ->
                    Folders.write(file(name), process.pid() + " " + process.startTicks()));
        } catch (IOException refused) {
            throw LabFailure.failed(name + " cannot be started: " + refused.getMessage(), refused);
        }
    }

    boolean alive(String name) {
        return process(name).filter(ProcessId::alive).isPresent();
    }

    /** Ends one; what does not end when asked is killed. */
    void end(String name) {
        var process = process(name);
        process.ifPresent(one -> one.send("TERM"));
        process.filter(one -> !one.gone(END_LIMIT)).ifPresent(one -> one.send("KILL"));
    }

    List<String> names() {
        if (!Files.isDirectory(folder())) {
            return List.of();
        }
        try (var files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException unreadable) {
            throw Commands.disk("cannot read " + folder(), unreadable);
        }
    }

    Path log(String name) {
        return ground.logs().resolve(name + ".log");
    }

    private Optional<ProcessId> process(String name) {
        if (!Files.exists(file(name))) {
            return Optional.empty();
        }
        var words = Folders.read(file(name)).strip().split(" ", -1);
        return Optional.of(new ProcessId(Long.parseLong(words[0]), Long.parseLong(words[1])));
    }

    private Path file(String name) {
        return folder().resolve(name);
    }

    private Path folder() {
        return ground.run().resolve("processes");
    }
}
