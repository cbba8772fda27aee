package dev.paygateway.chaos.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Debian's, which has Galera.
 *
 * <p>The empty data folder is that of a cluster of one node that was shut down in order. Two copies
 * of it know the same place in the same history, so the second node joins by what it missed since
 * (3 s) and not by a copy of the first (20 s).
 */
record SystemMariaDb(Site site) implements MariaDb {
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(1);
    private static final Duration STEP_LIMIT = Duration.ofSeconds(30);

    private static final int SEED_PORT = 14_567;

    /** Makes and seeds the data folder, ~2 s. */
    @Override
    public void install() {
        if (Files.exists(installed().resolve("complete"))) {
            return;
        }
        Folders.remove(installed());
        Folders.make(installed());
        run(
                "mariadb-install-db",
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--datadir=" + emptyData(),
                "--skip-test-db",
                "--auth-root-authentication-method=socket");
        seed();
        Folders.write(installed().resolve("complete"), "");
    }

    /**
     * Ends when the server does, which is tidied and asked to end as soon as it is a cluster. (The
     * real one's strict mode would refuse to tidy.)
     */
    private void seed() {
        var config = Folders.write(installed().resolve("seed.cnf"), seedConfig());
        var ask = "%s --no-defaults --user=root --socket=%s/s".formatted(client(), installed());
        var script =
                """
                state="SHOW STATUS LIKE 'wsrep_local_state_comment'"
                (for try in $(seq 100); do
                    %1$s --execute="$state" 2>&1 | grep -q Synced && break
                    sleep 0.1
                done; %1$s --execute="%5$s SHUTDOWN") &
                exec %2$s --defaults-file=%3$s %4$s
                """
                        .formatted(ask, server(), config, Galera.NEW_CLUSTER, DatabaseSetup.TIDY);
        run("sh", "-c", script);
        Folders.remove(emptyData().resolve("galera.cache"));
    }

    private String seedConfig() {
        return """
        [mariadbd]
        user = %1$s
        datadir = %2$s/data
        socket = %2$s/s
        pid-file = %2$s/pid
        log-error = %2$s/seed.log
        skip-networking
        innodb-autoinc-lock-mode = 2
        binlog-format = ROW
        wsrep-on = ON
        wsrep-provider = %3$s
        wsrep-cluster-name = %4$s
        wsrep-cluster-address = gcomm://
        wsrep-node-address = 127.0.0.1
        wsrep-provider-options = "gmcast.listen_addr=tcp://127.0.0.1:%5$d;gcache.size=1M"
        """
                .formatted(
                        System.getProperty("user.name"),
                        installed(),
                        Galera.PROVIDER,
                        Galera.CLUSTER,
                        SEED_PORT + site.options().portOffset());
    }

    private static void run(String... command) {
        var limit = command[0].equals("sh") ? STEP_LIMIT : INSTALL_LIMIT;
        var outcome = Commands.run(limit, command);
        if (!outcome.fine()) {
            throw LabFailure.failed(
                    "MariaDB cannot be installed: " + command[0] + " said " + outcome.output());
        }
    }

    @Override
    public Path server() {
        return Tools.program("mariadbd");
    }

    @Override
    public Path client() {
        return Tools.program("mariadb");
    }

    @Override
    public Path emptyData() {
        return installed().resolve("data");
    }

    @Override
    public String config() {
        return "";
    }

    private Path installed() {
        return site.options().tools().resolve("mariadb-galera");
    }
}
