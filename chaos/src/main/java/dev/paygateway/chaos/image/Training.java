package dev.paygateway.chaos.image;

import dev.paygateway.chaos.lab.Await;
import dev.paygateway.chaos.lab.Lab;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.LabOptions;
import dev.paygateway.chaos.lab.Signal;
import dev.paygateway.chaos.load.LoadOptions;
import dev.paygateway.chaos.load.LoadRun;
import dev.paygateway.chaos.load.Mix;
import dev.paygateway.chaos.load.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Makes the AOT cache: the staged service, run by the staged runtime, takes real payments in a lab,
 * and as it ends the JVM writes down what it has loaded, linked and found out about its methods.
 */
final class Training {
    private static final String PUPIL = "gateway-1";
    private static final List<String> INSTANCES = List.of(PUPIL, "gateway-2");

    /** Beside any other lab of the checkout. */
    private static final int PORT_OFFSET = 2_500;

    private static final double RATE_PER_SECOND = 10;
    private static final Duration LENGTH = Duration.ofSeconds(30);

    /** What is open then stays so: the sandbox ends anyway. */
    private static final Duration SETTLE = Duration.ofSeconds(20);

    private static final long SEED = 25;
    private static final int CLIENTS_MAX = 64;

    private static final Duration START_LIMIT = Duration.ofMinutes(4);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    /** The drain, and the writing, which takes a second JVM some seconds of CPU. */
    private static final Duration END_LIMIT = Duration.ofMinutes(5);

    private final Path root;
    private final Staged staged;

    Training(Path root, Staged staged) {
        this.root = root;
        this.staged = staged;
    }

    /**
     * The cache for what is staged: the one in {@code caches} where these very bytes were trained
     * before, else a new one. No two trainings give the same bytes.
     */
    Path cache(Path caches) throws IOException, InterruptedException {
        var cache = caches.resolve(key() + ".aot");
        if (!Files.exists(cache)) {
            var fresh = staged.folder().resolve("fresh.aot");
            train(fresh);
            Files.createDirectories(caches);
            Files.move(fresh, cache, StandardCopyOption.REPLACE_EXISTING);
        }
        return cache;
    }

    private String key() throws IOException {
        try (var jars = Files.list(staged.libraries())) {
            var modules = staged.runtime().resolve("lib/modules");
            var all = Stream.of(Stream.of(modules, staged.service()), jars.sorted());
            return Digests.of(all.flatMap(each -> each).toList());
        }
    }

    private void train(Path fresh) throws IOException, InterruptedException {
        var state = staged.folder().resolveSibling("training");
        Lab.down(state);
        var options = LabOptions.of(root).withStateFolder(state).withPortOffset(PORT_OFFSET);
        try (var lab = Lab.up(options)) {
            train(lab, state, fresh);
        }
    }

    /** In the place of one instance, and without the other: all payments are its own. */
    void train(Lab lab, Path state, Path fresh) throws IOException, InterruptedException {
        INSTANCES.forEach(instance -> lab.stop(instance, Signal.TERM));
        var log = Files.createDirectories(state.resolve("reports")).resolve("pupil.log");
        var pupil = start(command(lab, fresh), log);
        try {
            Await.holds(START_LIMIT, LOOK_EVERY, () -> !pupil.isAlive() || lab.serves(PUPIL));
            if (!pupil.isAlive() || !lab.serves(PUPIL)) {
                throw failed("the service does not start", log);
            }
            pay(lab, state);
            pupil.destroy();
            var ended = pupil.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (!ended || !Files.exists(fresh)) {
                throw failed("the JVM has left no cache", log);
            }
        } finally {
            pupil.destroyForcibly();
        }
    }

    private static LabFailure failed(String what, Path log) {
        return LabFailure.failed("training: " + what + "; see " + log);
    }

    /** What the image starts, with the lab's settings of that instance. */
    private List<String> command(Lab lab, Path fresh) {
        var command = new ArrayList<String>();
        command.add(staged.runtime().resolve("bin/java").toString());
        command.add("-XX:AOTCacheOutput=" + fresh);
        command.addAll(ServiceImage.JVM_OPTIONS);
        command.addAll(List.of("-jar", staged.service().toString()));
        command.addAll(lab.settings(PUPIL));
        return command;
    }

    private static Process start(List<String> command, Path log) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        return builder.redirectOutput(log.toFile()).start();
    }

    private static void pay(Lab lab, Path state) throws IOException, InterruptedException {
        var history = state.resolve("history").resolve("training.jsonl");
        Files.deleteIfExists(history);
        try (var site = Site.of(lab.env(), CLIENTS_MAX)) {
            LoadRun.run(
                    new LoadOptions(
                            RATE_PER_SECOND,
                            LENGTH,
                            SEED,
                            Mix.ALL,
                            CLIENTS_MAX,
                            SETTLE,
                            history,
                            Map.of()),
                    site);
        }
    }
}
