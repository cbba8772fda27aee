package dev.paygateway.chaos.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One region as real processes of this machine: database, Vault, agents, acquirers, instances.
 *
 * <p>A lab is in the processes and in its state folder, not in this object: any command may attach
 * to it, and it goes on when the one that started it ends. Nothing of it survives {@link #down()}.
 */
public final class Lab implements AutoCloseable {
    private final Site site;
    private final State state;
    private final Supervisor supervisor;

    private Lab(Site site, State state) {
        this.site = site;
        this.state = state;
        supervisor = new Supervisor(state);
    }

    public static Lab up(LabOptions options) {
        return up(options, Progress.silent());
    }

    /**
     * Starts everything and returns when all of it serves.
     *
     * @throws LabFailure when a lab is up already, a port is taken, or a part does not come up;
     *     what had been started is ended by then, and nothing is left but the message
     */
    public static Lab up(LabOptions options, Progress progress) {
        try (var _ = Exclusive.on(options.stateFolder())) {
            if (find(options.stateFolder()).isPresent()) {
                throw LabFailure.usage("a lab is already up in " + options.stateFolder());
            }
            clean(options.stateFolder());
            var site =
                    new Site(
                            options,
                            new Ports(options.portOffset()),
                            MemoryDirectory.of(options.stateFolder()));
            site.ports().requireFree();
            var bao = Assembly.install(site, progress);
            return assemble(site, bao, progress);
        }
    }

    private static Lab assemble(Site site, Path bao, Progress progress) {
        Folders.make(site.memory());
        var lab = new Lab(site, State.fresh(site));
        try {
            new Assembly(site, lab.state, progress).run(bao);
            return lab;
        } catch (RuntimeException failed) {
            throw lab.takenBack(failed);
        }
    }

    /** Undoes a start that failed, also when it failed by being interrupted. */
    private RuntimeException takenBack(RuntimeException failed) {
        var interrupted = Thread.interrupted();
        var logs = keepLogs();
        remove();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return failed instanceof LabFailure
                ? LabFailure.failed(failed.getMessage() + "\nwhole logs: " + logs, failed)
                : failed;
    }

    /** Only the logs of the last failure are kept; they hold no secret. */
    private Path keepLogs() {
        var kept = site.options().stateFolder().resolve("reports").resolve("failed-up");
        Folders.remove(kept);
        Folders.makeAround(kept);
        if (Files.exists(site.run().resolve("logs"))) {
            Folders.copy(site.run().resolve("logs"), kept);
        }
        return kept;
    }

    /**
     * The lab that an earlier command brought up.
     *
     * @throws LabFailure when none is up
     */
    public static Lab attach(Path stateFolder) {
        return find(stateFolder)
                .orElseThrow(() -> LabFailure.failed("no lab is up; run ./gateway up"));
    }

    /** The lab of that folder; what a crash or a reboot left behind is none. */
    public static Optional<Lab> find(Path stateFolder) {
        return remembered(stateFolder)
                .filter(lab -> lab.state.ready())
                .filter(lab -> lab.parts().stream().anyMatch(Part::alive));
    }

    private static Optional<Lab> remembered(Path stateFolder) {
        return State.read(stateFolder.resolve("run")).map(state -> new Lab(state.site(), state));
    }

    /**
     * Ends the lab of that folder, or what is left of one.
     *
     * @return whether there was anything to end
     */
    public static boolean down(Path stateFolder) {
        try (var _ = Exclusive.on(stateFolder)) {
            return clean(stateFolder);
        }
    }

    private static boolean clean(Path stateFolder) {
        var left = remembered(stateFolder);
        left.ifPresent(Lab::remove);
        Folders.remove(stateFolder.resolve("run"));
        Folders.remove(MemoryDirectory.of(stateFolder));
        return left.isPresent();
    }

    /** Ends every process, and removes database, Vault and secrets. */
    public void down() {
        down(site.options().stateFolder());
    }

    @Override
    public void close() {
        down();
    }

    private void remove() {
        supervisor.killAll();
        Folders.remove(site.run());
        Folders.remove(site.memory());
    }

    public List<Part> parts() {
        return state.parts();
    }

    /**
     * One part by its name.
     *
     * @throws LabFailure when there is none of that name
     */
    public Part part(String name) {
        return state.part(name)
                .orElseThrow(() ->
                        LabFailure.usage(
                                "no part is called "
                                        + name
                                        + "; there are "
                                        + parts().stream()
                                                .map(Part::name)
                                                .collect(Collectors.joining(", "))));
    }

    /** The parts of a region (or of the witness, or the outside), in the order of their start. */
    public List<Part> region(String name) {
        return parts().stream().filter(part -> part.region().equals(name)).toList();
    }

    /**
     * What lies between the regions.
     *
     * @throws LabFailure when there is one region only
     */
    public Network network() {
        if (site.options().regions() == 1) {
            throw LabFailure.usage("one region has no network; bring up two: up --regions 2");
        }
        return new Network(Wan.of(site.options().portOffset()), site.memory());
    }

    /** Kills several parts at once, as the loss of a region does; returns when all are gone. */
    public void kill(Collection<String> names) {
        try (var _ = Exclusive.on(site.options().stateFolder())) {
            supervisor.killAll(names.stream().map(this::part).toList());
        }
    }

    /**
     * Starts several parts, those of one role at the same time, and returns when all of them serve.
     * Data nodes that must find each other again are named in one call.
     */
    public void start(Collection<String> names) {
        names.forEach(this::start);
    }

    /** Starts a part that was stopped or died, and returns when it serves. */
    public void start(String name) {
        try (var _ = Exclusive.on(site.options().stateFolder())) {
            var part = part(name);
            if (part.alive()) {
                var frozen = part.state() == Part.State.FROZEN;
                throw LabFailure.usage(
                        name
                                + (frozen
                                        ? " is frozen; let it go on with: ./gateway stop "
                                                + name
                                                + " --signal CONT"
                                        : " runs already"));
            }
            var running = supervisor.spawn(part);
            serve(running);
        }
    }

    private void serve(Part part) {
        overHttps((vault, https) -> {
            if (part.role() == Role.VAULT) {
                supervisor.await(part, () -> https.probe(part.ready()).isPresent());
                vault.unseal(https);
            }
            supervisor.await(part, new Readiness(site, https).of(part));
            return part;
        });
    }

    /** Sends a signal to a part and returns when it has had its effect. */
    public void stop(String name, Signal signal) {
        try (var _ = Exclusive.on(site.options().stateFolder())) {
            var part = part(name);
            if (!part.alive()) {
                throw LabFailure.usage(name + " does not run");
            }
            supervisor.stop(part, signal);
        }
    }

    /**
     * Has an instance record what it holds.
     *
     * @param file replaced by the recording, which only the user reads
     * @throws LabFailure when there is no such instance, or it does not run
     */
    public void record(String name, Duration length, Path file) {
        Recorder.record(part(name), length, file);
    }

    /** What an outside client needs to reach it. */
    public RunEnvironment env() {
        return RunEnvironment.read(site.options().stateFolder());
    }

    /** Vault as its root sees it, for the length of some work: what an SRE's hand can do there. */
    public <T> T vault(Function<VaultClient, T> work) {
        return overHttps((vault, https) -> work.apply(vault.root(https)));
    }

    private <T> T overHttps(BiFunction<VaultServer, Https, T> work) {
        var vault = new VaultServer(site);
        try (var https = new Https(TlsIdentity.load(site.ca(), vault.clientIdentity()))) {
            return work.apply(vault, https);
        }
    }

    /** Opens a Vault that was sealed by hand. */
    public void unseal() {
        overHttps((vault, https) -> {
            vault.unseal(https);
            return vault;
        });
    }

    /**
     * What the database's superuser gets as an answer, through the socket: a line a row.
     *
     * @throws LabFailure when the database refuses the statements
     */
    public List<String> sql(String statements) {
        var outcome = new Database(site).sql(statements);
        if (!outcome.fine()) {
            throw LabFailure.failed("the database refused: " + outcome.output());
        }
        return outcome.output().lines().toList();
    }

    /** Where the secrets of a part are, in memory: the certificates that it or its agent uses. */
    public Path secrets(String part) {
        return site.secrets(part);
    }

    /** Whether the state folder still knows this lab: another command may have ended it. */
    public boolean exists() {
        return Files.exists(site.run().resolve("state.json"));
    }
}
