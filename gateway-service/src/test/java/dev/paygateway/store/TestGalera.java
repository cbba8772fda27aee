package dev.paygateway.store;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.payment.GaleraModel.Node;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Two real Galera nodes on this machine, from the system's MariaDB: one is started as a cluster of
 * its own, the other is given its state by rsync. Ended with the JVM.
 */
final class TestGalera {
    private static final Path PROVIDER = Path.of("/usr/lib/galera/libgalera_smm.so");
    private static final List<String> PROGRAMS =
            List.of("mariadbd", "mariadb-install-db", "wsrep_sst_rsync", "rsync");
    private static final List<Path> FOLDERS =
            List.of(Path.of("/usr/sbin"), Path.of("/usr/bin"), Path.of("/usr/local/bin"));
    private static final Duration START_MAX = Duration.ofSeconds(60);

    private final Path home;
    private final Map<Node, Server> servers = new EnumMap<>(Node.class);

    private record Server(Process process, int port) {}

    private TestGalera() throws IOException, SQLException, InterruptedException {
        home = Files.createTempDirectory("galera");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
        var group = freePort();
        install(folder(Node.EAST));
        start(Node.EAST, group, "gcomm://", "--wsrep-new-cluster");
        awaitSynced(Node.EAST);
        migrate(port(Node.EAST));
        folder(Node.NORTH);
        start(Node.NORTH, freePort(), "gcomm://127.0.0.1:" + group);
        awaitSynced(Node.NORTH);
    }

    /** What this machine lacks for it; empty: nothing. */
    static Optional<String> lacking() {
        var missing = PROGRAMS.stream().filter(name -> program(name).isEmpty()).findFirst();
        return Files.exists(PROVIDER)
                ? missing.map(name -> name + " is not installed (apt-get install mariadb-server)")
                : Optional.of("Galera is not installed (apt-get install galera-4)");
    }

    private static Optional<Path> program(String name) {
        return FOLDERS.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static TestGalera started() {
        try {
            return new TestGalera();
        } catch (IOException | SQLException failure) {
            throw new IllegalStateException("the cluster does not start", failure);
        } catch (InterruptedException ended) {
            throw new AssertionError(ended);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** A server that root starts runs as the system's user for it: rsync would not serve root. */
    private static List<String> user() {
        return isRoot() ? List.of("--user=mysql") : List.of();
    }

    private Path folder(Node node) throws IOException {
        var folder = Files.createDirectories(home.resolve(node.name()));
        if (isRoot()) {
            var users = folder.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(folder, users.lookupPrincipalByName("mysql"));
        }
        return folder;
    }

    private void install(Path folder) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(program("mariadb-install-db").orElseThrow().toString());
        command.addAll(List.of("--no-defaults", "--datadir=" + folder, "--skip-test-db"));
        command.add("--auth-root-authentication-method=normal");
        command.addAll(user());
        var process = run(command, "install");
        if (!process.waitFor(START_MAX.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(Files.readString(home.resolve("install.log")));
        }
    }

    private Process run(List<String> command, String name) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve(name + ".log").toFile())
                .start();
    }

    private void start(Node node, int group, String cluster, String... more) throws IOException {
        var port = freePort();
        var folder = home.resolve(node.name());
        var command = new ArrayList<String>();
        command.add(program("mariadbd").orElseThrow().toString());
        command.add("--no-defaults");
        command.addAll(user());
        command.addAll(
                List.of(
                        "--datadir=" + folder,
                        "--socket=" + folder.resolve("socket"),
                        "--pid-file=" + folder.resolve("pid"),
                        "--bind-address=127.0.0.1",
                        "--port=" + port,
                        "--skip-name-resolve",
                        "--performance-schema=OFF",
                        "--innodb-buffer-pool-size=64M",
                        "--innodb-log-file-size=16M"));
        command.addAll(promises());
        command.addAll(replication(node, group, cluster));
        command.addAll(List.of(more));
        servers.put(node, new Server(run(command, node.name()), port));
    }

    /** Settings of production, but for the disk: these nodes never crash. */
    private static List<String> promises() {
        return List.of(
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-snapshot-isolation=ON",
                "--transaction-isolation=READ-COMMITTED",
                "--innodb-autoinc-lock-mode=2",
                "--binlog-format=ROW",
                "--wsrep-mode=REQUIRED_PRIMARY_KEY,STRICT_REPLICATION,DISALLOW_LOCAL_GTID");
    }

    private static List<String> replication(Node node, int group, String cluster)
            throws IOException {
        return List.of(
                "--wsrep-on=ON",
                "--wsrep-provider=" + PROVIDER,
                "--wsrep-cluster-name=conformance",
                "--wsrep-cluster-address=" + cluster,
                "--wsrep-node-name=" + node,
                "--wsrep-node-address=127.0.0.1:" + group,
                "--wsrep-sst-method=rsync",
                "--wsrep-sst-receive-address=127.0.0.1:" + freePort(),
                "--wsrep-provider-options=gmcast.listen_addr=tcp://127.0.0.1:%d;".formatted(group)
                        + "ist.recv_addr=127.0.0.1:%d;".formatted(freePort())
                        + "gcache.size=16M;repl.causal_read_timeout=PT2S");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitSynced(Node node) throws IOException, InterruptedException {
        var until = Instant.now().plus(START_MAX);
        while (!isSynced(node)) {
            var hasEnded = server(node).process().waitFor(100, TimeUnit.MILLISECONDS);
            if (hasEnded || Instant.now().isAfter(until)) {
                throw new IOException(Files.readString(home.resolve(node.name() + ".log")));
            }
        }
    }

    private boolean isSynced(Node node) {
        try {
            return status(node, "wsrep_local_state_comment").equals("Synced");
        } catch (SQLException _) {
            return false;
        }
    }

    private static void migrate(int port) throws SQLException {
        try (var root = installed(port);
                var statement = root.createStatement()) {
            statement.execute("CREATE USER administrator@'%' IDENTIFIED BY 'test'");
            statement.execute("GRANT ALL ON *.* TO administrator@'%' WITH GRANT OPTION");
        }
        TestDatabase.migrate(port);
    }

    /** A session of the user that an installation begins with. */
    @MustBeClosed
    private static Connection installed(int port) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + port + "/mysql", "root", "");
    }

    private Server server(Node node) {
        return Objects.requireNonNull(servers.get(node));
    }

    int port(Node node) {
        return server(node).port();
    }

    /** A session that may do anything. */
    @MustBeClosed
    Connection root(Node node) throws SQLException {
        return TestDatabase.root(port(node), "gateway");
    }

    /** One of the server's counters or words. */
    String status(Node node, String name) throws SQLException {
        try (var root = installed(port(node));
                var statement = root.createStatement();
                var rows = statement.executeQuery("SHOW STATUS LIKE '" + name + "'")) {
            return rows.next() ? rows.getString(2) : "";
        }
    }

    private void end() {
        servers.values().forEach(server -> server.process().destroyForcibly());
        servers.values().forEach(server -> server.process().onExit().join());
        try (var tree = Files.walk(home)) {
            tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException _) {
            // a folder for temporary files
        }
    }
}
