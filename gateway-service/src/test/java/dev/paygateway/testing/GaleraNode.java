package dev.paygateway.testing;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * One database server of a Galera cluster of two; the other member is an arbitrator, which holds no
 * data. Told to drop its connections, the server has no majority and becomes non-Primary, as one
 * does that is cut off; allowed to connect again, the two find each other by themselves. (With the
 * arbitrator frozen and thawed instead, they were seen to change views for ever.)
 */
public final class GaleraNode implements AutoCloseable {
    private static final Path PROVIDER = Path.of("/usr/lib/galera/libgalera_smm.so");
    private static final Path SERVER = Path.of("/usr/sbin/mariadbd");
    private static final List<Path> NEEDED =
            List.of(
                    PROVIDER,
                    SERVER,
                    Path.of("/usr/bin/garbd"),
                    Path.of("/usr/bin/mariadb-install-db"));

    /** In this time a member that is silent is given up; production waits longer. */
    private static final String TIMES =
            "evs.keepalive_period=PT0.5S;evs.suspect_timeout=PT2S;"
                    + "evs.inactive_timeout=PT4S;evs.install_timeout=PT4S";

    private static final Duration START_MAX = Duration.ofSeconds(60);

    /** Now and then Galera finds its own thread not started yet, and gives up. */
    private static final int STARTS_MAX = 5;

    private final Path folder;
    private final int port = Sandbox.freePort();
    private final int group = Sandbox.freePort();
    private final int arbitratorGroup = Sandbox.freePort();
    private final List<Process> processes = new ArrayList<>();

    /** Starts it, with options of the test's own. */
    public GaleraNode(String... options) throws IOException {
        folder = Files.createTempDirectory("galera-node");
        try {
            start(options);
            awaitStatus("wsrep_ready", "ON");
            prepare();
            processes.add(run(arbitrator()));
            awaitStatus("wsrep_cluster_size", "2");
        } catch (IOException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /** Users without a name would come before the test's own. */
    private void prepare() {
        try (var session = administrator("mysql");
                var statement = session.createStatement()) {
            statement.execute("DELETE FROM mysql.global_priv WHERE User = ''");
            statement.execute("FLUSH PRIVILEGES");
        } catch (SQLException failure) {
            throw new IllegalStateException("the database cannot be prepared", failure);
        }
    }

    /** Why there is none on this machine, in words for the report of a skipped test. */
    public static Optional<String> missing() {
        return NEEDED.stream()
                .filter(file -> !Files.exists(file))
                .findFirst()
                .map(file ->
                        file
                                + " is missing: apt-get install mariadb-server galera-4"
                                + " galera-arbitrator-4");
    }

    private void start(String... options) throws IOException {
        var init = Files.writeString(folder.resolve("init.sql"), administratorSql());
        for (var start = 1; ; start++) {
            Sandbox.remove(folder.resolve("data"));
            join(run(List.of("/usr/bin/mariadb-install-db", "--no-defaults", user(), data())));
            var server = run(server(init, options));
            Awaitility.await()
                    .atMost(START_MAX)
                    .until(() -> !server.isAlive() || Sandbox.listens(port));
            if (server.isAlive()) {
                processes.add(server);
                return;
            }
            if (start == STARTS_MAX) {
                throw new IllegalStateException(Files.readString(folder.resolve("log")));
            }
        }
    }

    private static String administratorSql() {
        return """
        CREATE OR REPLACE USER administrator@'%' IDENTIFIED BY 'test';
        GRANT ALL ON *.* TO administrator@'%' WITH GRANT OPTION;
        """;
    }

    private static String user() {
        return "--user=" + System.getProperty("user.name");
    }

    private String data() {
        return "--datadir=" + folder.resolve("data");
    }

    private List<String> server(Path init, String... options) {
        var fixed =
                Stream.of(
                        SERVER.toString(),
                        "--no-defaults",
                        user(),
                        data(),
                        "--socket=" + folder.resolve("socket"),
                        "--port=" + port,
                        "--bind-address=127.0.0.1",
                        "--skip-name-resolve",
                        "--init-file=" + init,
                        "--innodb-buffer-pool-size=32M",
                        "--performance-schema=OFF",
                        "--binlog-format=ROW",
                        "--innodb-autoinc-lock-mode=2",
                        "--innodb-snapshot-isolation=ON",
                        "--transaction-isolation=READ-COMMITTED",
                        "--wsrep-on=ON",
                        "--wsrep-provider=" + PROVIDER,
                        "--wsrep-cluster-name=test",
                        "--wsrep-cluster-address=gcomm://",
                        "--wsrep-new-cluster",
                        "--wsrep-node-address=127.0.0.1:" + group,
                        "--wsrep-mode=REQUIRED_PRIMARY_KEY,STRICT_REPLICATION,DISALLOW_LOCAL_GTID",
                        "--wsrep-provider-options=gmcast.listen_addr=tcp://127.0.0.1:"
                                + group
                                + ";repl.causal_read_timeout=PT2S;pc.recovery=false;"
                                + TIMES);
        return Stream.concat(fixed, Stream.of(options)).toList();
    }

    private List<String> arbitrator() {
        return List.of(
                "/usr/bin/garbd",
                "--name=arbitrator",
                "--group=test",
                "--address=gcomm://127.0.0.1:" + group,
                "--options=gmcast.listen_addr=tcp://127.0.0.1:" + arbitratorGroup + ";" + TIMES);
    }

    private Process run(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    public int port() {
        return port;
    }

    /** A session that may do anything. */
    @MustBeClosed
    public Connection administrator(String schema) throws SQLException {
        var url = "jdbc:mariadb://127.0.0.1:%d/%s?sslMode=disable".formatted(port, schema);
        return DriverManager.getConnection(url, "administrator", "test");
    }

    /** From now on the server is alone, and will know it within seconds. */
    public void cut() {
        isolate(1);
    }

    /** The server knows that it has no majority. */
    public void awaitCutOff() {
        awaitStatus("wsrep_ready", "OFF");
    }

    /** Ends {@link #cut}, and waits until the server has its majority again. */
    public void heal() {
        isolate(0);
        awaitStatus("wsrep_ready", "ON");
    }

    private void isolate(int value) {
        try (var session = administrator("");
                var statement = session.createStatement()) {
            statement.execute(
                    "SET GLOBAL wsrep_provider_options='gmcast.isolate=%d'".formatted(value));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void awaitStatus(String name, String value) {
        Awaitility.await()
                .atMost(START_MAX)
                .ignoreExceptionsInstanceOf(SQLException.class)
                .until(() -> status(name).equals(value));
    }

    private String status(String name) throws SQLException {
        try (var session = administrator("");
                var statement = session.createStatement();
                var row = statement.executeQuery("SHOW STATUS LIKE '" + name + "'")) {
            return row.next() ? row.getString(2) : "";
        }
    }

    private static void join(Process process) {
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException("failed: " + process.info());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        for (var process : processes.reversed()) {
            process.destroyForcibly().onExit().join();
        }
        try {
            Sandbox.remove(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
