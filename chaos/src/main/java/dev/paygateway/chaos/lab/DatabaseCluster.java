package dev.paygateway.chaos.lab;

import com.google.errorprone.annotations.MustBeClosed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is done to the database nodes as one: a cluster is begun, copied and put back where nothing
 * is left of it (docs/production.md, "Backup and restore"). A lab keeps the last copy.
 */
public final class DatabaseCluster {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int LINES_SHOWN = 5;

    private final Lab lab;
    private final State state;
    private final Path copy;

    DatabaseCluster(Lab lab, State state) {
        this.lab = lab;
        this.state = state;
        copy = state.site().run().resolve("backup");
    }

    /**
     * Starts a node that knows no other: a cluster of one, which the others join.
     *
     * @throws LabFailure while anything lives that votes, since there would be two clusters
     */
    public void begin(String node) {
        var part = node(node);
        try (var _ = exclusive()) {
            requireNoVoter();
            lab.serve(new Supervisor(state).spawn(part, List.of(Galera.NEW_CLUSTER)));
        }
    }

    /** Copies a node while it works, and throws the copy before it away. */
    public void backUp(String node) {
        var site = site(node);
        try (var _ = exclusive()) {
            Folders.remove(copy);
            run(
                    "--backup",
                    "--galera-info",
                    "--user=root",
                    "--socket=" + new Database(site).socket(),
                    "--datadir=" + data(site));
        }
    }

    /**
     * Empties all nodes and what the arbitrator remembers, and puts the copy into one of them,
     * which has to begin a cluster then. What came after the copy is gone.
     *
     * @throws LabFailure while anything lives that votes
     */
    public void restore(String node) {
        var site = site(node);
        try (var _ = exclusive()) {
            requireNoVoter();
            if (!Files.isDirectory(copy)) {
                throw LabFailure.usage(
                        "there is no backup; take one with: ./gateway database backup NODE");
            }
            run("--prepare");
            state.sites().forEach(DatabaseCluster::empty);
            run("--copy-back", "--datadir=" + data(site));
        }
    }

    private static void empty(Site site) {
        Folders.remove(site.folder(Galera.ARBITRATOR).resolve("gvwstate.dat"));
        if (Files.exists(data(site))) {
            Folders.remove(data(site));
            Folders.make(data(site));
        }
    }

    private static Path data(Site site) {
        return site.folder(Database.NAME).resolve("data");
    }

    private Site site(String node) {
        return state.site(node(node).region());
    }

    private Part node(String name) {
        if (state.site().wan().isEmpty()) {
            throw LabFailure.usage("one region has no cluster; bring up two: up --regions 2");
        }
        var part = lab.part(name);
        if (part.role() != Role.DATABASE) {
            throw LabFailure.usage(
                    name + " is no database; there are east-database, north-database");
        }
        return part;
    }

    private void requireNoVoter() {
        var living =
                lab.parts().stream()
                        .filter(part ->
                                part.role() == Role.DATABASE || part.role() == Role.ARBITRATOR)
                        .filter(Part::alive)
                        .map(Part::name)
                        .toList();
        if (!living.isEmpty()) {
            throw LabFailure.usage(
                    "these of the cluster still live, stop them first: "
                            + String.join(" ", living));
        }
    }

    @MustBeClosed
    private Exclusive exclusive() {
        return Exclusive.on(state.site().options().stateFolder());
    }

    private void run(String... options) {
        var words =
                Stream.concat(
                        Stream.of(
                                Tools.program("mariabackup").toString(),
                                "--no-defaults",
                                "--target-dir=" + copy),
                        Stream.of(options));
        var outcome = Commands.run(LIMIT, words.toArray(String[]::new));
        if (!outcome.fine()) {
            var said = outcome.lines();
            var end = said.subList(Math.max(0, said.size() - LINES_SHOWN), said.size());
            throw LabFailure.failed(
                    "mariabackup %s failed:\n%s".formatted(options[0], String.join("\n", end)));
        }
    }
}
