package dev.paygateway.chaos.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.audit.evidence.Database;
import dev.paygateway.chaos.lab.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's MariaDB on a folder of its own, which its mariabackup can copy while it works. */
final class BackedUpDatabase implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration END_LIMIT = Duration.ofSeconds(60);

    private final Path folder;
    private final int port;
    private final Process server;

    @MustBeClosed
    private BackedUpDatabase(Path folder) throws IOException {
        this.folder = folder;
        port = freePort();
        server =
                new ProcessBuilder(
                                "mariadbd",
                                "--no-defaults",
                                "--user=" + System.getProperty("user.name"),
                                "--datadir=" + folder.resolve("data"),
                                "--socket=" + socket(),
                                "--bind-address=127.0.0.1",
                                "--port=" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
    }

    /** A new one, with the service's tables and an auditor who may only read. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // handed on
    static BackedUpDatabase made(Path folder) throws IOException, SQLException {
        var data = Files.createDirectories(folder).resolve("data");
        run(
                "mariadb-install-db",
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--datadir=" + data,
                "--skip-test-db",
                "--auth-root-authentication-method=normal");
        var database = started(folder);
        try (var root = database.connect("");
                var statement = root.createStatement()) {
            statement.execute("CREATE DATABASE gateway");
            statement.execute("CREATE USER auditor@localhost IDENTIFIED BY 'auditor'");
            statement.execute("GRANT SELECT ON gateway.* TO auditor@localhost");
        }
        try (var owner = database.connect()) {
            new Tables(owner).create();
        }
        return database;
    }

    /** What a backup holds, in an empty folder. */
    @MustBeClosed
    static BackedUpDatabase restored(Path backup, Path folder) throws IOException, SQLException {
        var data = Files.createDirectories(folder).resolve("data");
        run("mariabackup", "--no-defaults", "--prepare", "--target-dir=" + backup);
        run(
                "mariabackup",
                "--no-defaults",
                "--copy-back",
                "--target-dir=" + backup,
                "--datadir=" + data);
        return started(folder);
    }

    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // handed on, or closed where that fails
    private static BackedUpDatabase started(Path folder) throws IOException {
        var database = new BackedUpDatabase(folder);
        if (!Await.holds(START_LIMIT, () -> database.answers() || !database.server.isAlive())
                || !database.server.isAlive()) {
            database.close();
            throw new AssertionError(Files.readString(folder.resolve("log")));
        }
        return database;
    }

    private boolean answers() {
        try (var connection = connect("")) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** Copies it as it is now, while it works. */
    Path backUp(Path target) throws IOException {
        run(
                "mariabackup",
                "--no-defaults",
                "--backup",
                "--user=root",
                "--socket=" + socket(),
                "--datadir=" + folder.resolve("data"),
                "--target-dir=" + target);
        return target;
    }

    private Path socket() {
        return folder.resolve("sock");
    }

    @MustBeClosed
    Connection connect() throws SQLException {
        return connect("gateway");
    }

    @MustBeClosed
    @SuppressWarnings("MustBeClosed") // the driver's method is not annotated; the caller owns it
    private Connection connect(String schema) throws SQLException {
        return DriverManager.getConnection(url(schema), "root", "");
    }

    Database.Address address() {
        return new Database.Address(url("gateway"), "auditor", "auditor");
    }

    private String url(String schema) {
        return "jdbc:mariadb://127.0.0.1:%d/%s".formatted(port, schema);
    }

    private static void run(String... command) throws IOException {
        var process =
                new ProcessBuilder(new ArrayList<>(List.of(command)))
                        .redirectErrorStream(true)
                        .start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + said);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        server.destroy();
        server.onExit()
                .completeOnTimeout(server, END_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join()
                .destroyForcibly();
    }
}
