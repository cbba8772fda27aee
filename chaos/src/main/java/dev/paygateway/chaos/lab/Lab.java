package dev.paygateway.chaos.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One region, or two and a witness, as real processes of this machine: databases, Vaults, agents,
 * acquirers, instances, and the network between them.
 *
 * <p>A lab is in the processes and in its state folder, not in this object: any command may attach
 * to it, and it goes on when the one that started it ends. Nothing of it survives {@link #down()}.
 */
public final class Lab implements AutoCloseable {
    private final State state;
    private final Site site;
    private final Supervisor supervisor;

    private Lab(State state) {
        this.state = state;
        site = state.site();
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
            var memory = MemoryDirectory.of(options.stateFolder());
            var sites = Site.all(options, memory);
            var site = sites.getFirst();
            site.wan()
                    .ifPresentOrElse(
                            wan -> new Plumbing(wan, sites).requireFree(),
                            () -> site.ports().requireFree());
            return assemble(site, Assembly.install(site, progress), progress);
        }
    }

    private static Lab assemble(Site site, Path bao, Progress progress) {
        Folders.make(site.memory());
        var lab = new Lab(State.fresh(site.options(), site.memory()));
        try {
            new Assembly(lab.state, bao, progress).run();
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
        return State.read(stateFolder.resolve("run")).map(Lab::new);
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
        Mounts.detach(stateFolder.resolve("run"));
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
        Orphans.end(site.run());
        site.wan().ifPresent(wan -> new Plumbing(wan, state.sites()).remove());
        Mounts.detach(site.run());
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

    /**
     * The parts of a region (or of the witness, or the outside), in the order of their start; not
     * the network, which outlives a region's loss.
     */
    public List<Part> region(String name) {
        return parts().stream()
                .filter(part -> part.region().equals(name) && part.role() != Role.NETWORK)
                .toList();
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
        return new Network(site.wan().orElseThrow(), site.memory());
    }

    /** The database nodes as one. */
    public DatabaseCluster cluster() {
        return new DatabaseCluster(this, state);
    }

    /** Kills several parts at once, as the loss of a region does; returns when all are gone. */
    public void kill(Collection<String> names) {
        try (var _ = Exclusive.on(site.options().stateFolder())) {
            var parts = names.stream().map(this::part).toList();
            parts.forEach(part -> {
                if (!part.alive()) {
                    throw LabFailure.usage(part.name() + " does not run");
                }
            });
            supervisor.killAll(parts);
        }
    }

    /** Starts a part that was stopped or died, and returns when it serves. */
    public void start(String name) {
        start(List.of(name));
    }

    /**
     * Starts several parts, role by role and those of one role at the same time, and returns when
     * all of them serve. Data nodes that must find each other again are named in one call.
     */
    public void start(Collection<String> names) {
        try (var _ = Exclusive.on(site.options().stateFolder())) {
            var parts = names.stream().map(this::part).toList();
            parts.forEach(Lab::requireStopped);
            var byRole = new TreeMap<Role, List<Part>>();
            parts.forEach(
                    part -> byRole.computeIfAbsent(part.role(), _ -> new ArrayList<>()).add(part));
            byRole.values().forEach(this::startTogether);
        }
    }

    private static void requireStopped(Part part) {
        var name = part.name();
        switch (part.state()) {
            case STOPPED, DEAD -> {}
            case RUNNING -> throw LabFailure.usage(name + " runs already");
            case FROZEN ->
                    throw LabFailure.usage(
                            "%1$s is frozen; let it go on with: ./gateway stop %1$s --signal CONT"
                                    .formatted(name));
        }
    }

    private void startTogether(List<Part> parts) {
        var running = parts.stream().map(supervisor::spawn).toList();
        Parallel.run(
                running.stream().<Runnable>map(part -> () -> serve(part)).toArray(Runnable[]::new));
    }

    void serve(Part part) {
        overHttps(https -> {
            if (part.role() == Role.VAULT) {
                supervisor.await(part, () -> https.probe(part.ready()).isPresent());
                vault(part.region()).unseal(https);
            }
            supervisor.await(part, new Readiness(state, https).of(part));
            return part;
        });
        site.wan().ifPresent(wan -> new Plumbing(wan, state.sites()).afterStart(part));
    }

    /** Whether a part answers as one that has started, whoever it was that started it. */
    public boolean serves(String name) {
        var part = part(name);
        return overHttps(https -> new Readiness(state, https).of(part).check());
    }

    /** What tells a gateway instance where its settings are: the arguments of the service. */
    public List<String> settings(String instance) {
        return Instances.settings(part(instance));
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
        return vault(site.region(), work);
    }

    /** The Vault of one region. */
    public <T> T vault(String region, Function<VaultClient, T> work) {
        return overHttps(https -> work.apply(vault(region).root(https)));
    }

    private VaultServer vault(String region) {
        return new VaultServer(state.site(region));
    }

    private <T> T overHttps(Function<Https, T> work) {
        try (var https = new Https(TlsIdentity.load(site.ca(), site.ownIdentity()))) {
            return work.apply(https);
        }
    }

    /**
     * In what the Vaults of the two regions differ, each difference by its name; empty when each
     * can stand in for the other.
     */
    public List<String> vaultDifferences() {
        if (site.wan().isEmpty()) {
            throw LabFailure.usage("one region has one Vault; bring up two: up --regions 2");
        }
        var wrapped = Folders.read(Instances.wrappedKey(site));
        return overHttps(https ->
                new VaultParity(vault(Wan.EAST).side(https), vault(Wan.NORTH).side(https))
                        .differences(VaultServer.TRANSIT_KEY, wrapped));
    }

    /** Opens a Vault that was sealed by hand. */
    public void unseal() {
        unseal(site.region());
    }

    /** The same for the Vault of one region. */
    public void unseal(String region) {
        overHttps(https -> {
            vault(region).unseal(https);
            return region;
        });
    }

    /**
     * What the database's superuser gets as an answer, through the socket: a line a row.
     *
     * @throws LabFailure when the database refuses the statements
     */
    public List<String> sql(String statements) {
        return sql(site.region(), statements);
    }

    /** The same from the node of one region. */
    public List<String> sql(String region, String statements) {
        var outcome = new Database(state.site(region)).sql(statements);
        if (!outcome.fine()) {
            throw LabFailure.failed("the database refused: " + outcome.output());
        }
        return outcome.printed().lines().toList();
    }

    /** Where the secrets of a part are, in memory: the certificates that it or its agent uses. */
    public Path secrets(String part) {
        return site.memory().resolve(part);
    }

    /** Whether the state folder still knows this lab: another command may have ended it. */
    public boolean exists() {
        return Files.exists(site.run().resolve("state.json"));
    }
}
