package dev.paygateway.chaos.crash;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import dev.paygateway.chaos.image.Libraries;
import dev.paygateway.chaos.image.ServiceImage;
import dev.paygateway.chaos.lab.Await;
import dev.paygateway.chaos.lab.Folders;
import dev.paygateway.chaos.lab.Lab;
import dev.paygateway.chaos.lab.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Database, Vault and instances of a lab as containers: each takes its process's place, with the
 * same command, files and addresses. Their root is read-only, they have no capability and cannot
 * gain any.
 */
final class Fleet implements AutoCloseable {
    private static final int USER = 65_532;

    /** The chart's limit. */
    private static final long MEMORY_BYTES_MAX = 1L << 30;

    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration END_LIMIT = Duration.ofSeconds(35);

    private final DockerClient engine = DockerClientFactory.lazyClient();
    private final Map<String, GenericContainer<?>> running = new LinkedHashMap<>();
    private final Lab lab;
    private final Path work;

    /**
     * @param work a folder for what is built on the way
     */
    Fleet(Lab lab, Path work) {
        this.lab = lab;
        this.work = work;
    }

    /** The image, as {@code ./gateway image} left it. */
    void load(Path tar) throws IOException {
        try (var bytes = Files.newInputStream(tar)) {
            engine.loadImageCmd(bytes).exec();
        }
    }

    /**
     * Makes an image of a part's programs and what they are linked with, and has it take over.
     *
     * @param places that the part writes in
     */
    void takeOver(String part, List<Path> programs, Path... places) throws Exception {
        var tar = image(part, programs);
        load(tar);
        lab.stop(part, Signal.TERM);
        var command = lab.part(part).command().toArray(String[]::new);
        start(part, container(part + ":lab", AccessMode.rw, places).withCommand(command));
    }

    private Path image(String part, List<Path> programs) throws Exception {
        var folder = work.resolve(part);
        Folders.remove(folder);
        Libraries.into(folder.resolve("base"), programs);
        var layer = FileEntriesLayer.builder().setName("programs");
        for (var program : programs) {
            layer.addEntryRecursive(
                    program,
                    AbsoluteUnixPath.get(program.toString()),
                    (_, _) -> FilePermissions.fromOctalString("755"));
        }
        var tar = folder.resolve("image.tar");
        Jib.fromScratch()
                .addFileEntriesLayer(ServiceImage.layer("base", folder.resolve("base"), "/"))
                .addFileEntriesLayer(layer.build())
                .containerize(
                        Containerizer.to(TarImage.at(tar).named(part + ":lab"))
                                .setApplicationLayersCache(folder.resolve("jib"))
                                .setBaseImageLayersCache(folder.resolve("jib"))
                                .setOfflineMode(true));
        return tar;
    }

    /** The image in the place of an instance, as the chart runs it. */
    void takeOver(String instance, List<String> jvmOptions) throws IOException {
        lab.stop(instance, Signal.TERM);
        var settings = lab.settings(instance);
        var file = settings.getFirst().substring(settings.getFirst().indexOf("file:") + 5);
        var places = new Path[] {parent(Path.of(file)), lab.secrets(instance)};
        for (var place : places) {
            giveAway(place);
        }
        start(
                instance,
                container(ServiceImage.NAME, AccessMode.ro, places)
                        .withEnv("JDK_JAVA_OPTIONS", String.join(" ", jvmOptions))
                        .withCommand(settings.toArray(String[]::new)));
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent());
    }

    /** In a cluster they belong to the instance's user, too. */
    private static void giveAway(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.toList()) {
                Files.setAttribute(file, "unix:uid", USER);
                Files.setAttribute(file, "unix:gid", USER);
            }
        }
    }

    private static GenericContainer<?> container(String image, AccessMode mode, Path... places) {
        return new GenericContainer<>(DockerImageName.parse(image))
                .withImagePullPolicy(_ -> false)
                .withNetworkMode("host")
                .withTmpFs(Map.of("/tmp", "size=32m,mode=1777"))
                .withCreateContainerCmdModifier(create ->
                        confine(Objects.requireNonNull(create.getHostConfig()), mode, places));
    }

    private static void confine(HostConfig host, AccessMode mode, Path... places) {
        var binds = new Bind[places.length];
        for (var i = 0; i < places.length; i++) {
            binds[i] = new Bind(places[i].toString(), new Volume(places[i].toString()), mode);
        }
        host.withBinds(binds)
                .withReadonlyRootfs(true)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withMemory(MEMORY_BYTES_MAX);
    }

    private void start(String part, GenericContainer<?> container) {
        running.put(part, container);
        container.start();
        if (part.equals("vault")) {
            lab.unseal();
        }
        awaitServing(part);
    }

    /** A new one in the place of one that has ended, as a kubelet makes it, when it serves. */
    void start(String part) {
        var container = of(part);
        container.stop();
        start(part, container);
    }

    private void awaitServing(String part) {
        Await.holds(START_LIMIT, LOOK_EVERY, () -> lab.serves(part) || !runs(part));
        if (!runs(part) || !lab.serves(part)) {
            throw new AssertionError(part + " does not serve; its log:\n" + of(part).getLogs());
        }
    }

    private boolean runs(String part) {
        return Boolean.TRUE.equals(state(part).getRunning());
    }

    /** Sends a signal and returns the exit code. */
    long end(String part, Signal signal) {
        engine.killContainerCmd(of(part).getContainerId()).withSignal(signal.name()).exec();
        if (!Await.holds(END_LIMIT, () -> !runs(part))) {
            throw new AssertionError(part + " does not end within " + END_LIMIT);
        }
        return Objects.requireNonNull(state(part).getExitCodeLong());
    }

    private ContainerState state(String part) {
        return engine.inspectContainerCmd(of(part).getContainerId()).exec().getState();
    }

    String log(String part) {
        return of(part).getLogs();
    }

    /** The process of a container, as the machine sees it: its folder below /proc. */
    Path process(String part) {
        return Path.of("/proc", Long.toString(Objects.requireNonNull(state(part).getPidLong())));
    }

    private GenericContainer<?> of(String part) {
        return Objects.requireNonNull(running.get(part));
    }

    @Override
    public void close() {
        running.values().forEach(GenericContainer::stop);
    }
}
