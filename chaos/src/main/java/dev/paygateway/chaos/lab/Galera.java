package dev.paygateway.chaos.lab;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What makes a region's database a node of one cluster over both regions and the witness
 * (database-rules.md, "Settings").
 */
record Galera(Site site, Wan wan) {
    static final Path PROVIDER = Path.of("/usr/lib/galera/libgalera_smm.so");
    static final String CLUSTER = "gateway";
    static final String ARBITRATOR = "arbitrator";

    /** Starts a cluster instead of joining one: only ever said to the very first node. */
    static final String NEW_CLUSTER = "--wsrep-new-cluster";

    /** Has the replication port show the certificate that stands in the file now. */
    static final String RELOAD = "SET GLOBAL wsrep_provider_options = 'socket.ssl_reload=1'";

    /** The same for nodes and arbitrator: they must agree on when one is gone. */
    private static final String MEMBERSHIP =
            "evs.send_window=512;evs.user_send_window=512;evs.keepalive_period=PT1S;"
                    + "evs.suspect_timeout=PT5S;evs.inactive_timeout=PT10S;"
                    + "evs.install_timeout=PT7.5S;";

    private static final int REPLICATION_PORT = 4_567;

    /** Goes at the end of the server's section, as it opens one of its own. */
    String config() {
        var identity = DatabaseAgent.identity(site);
        return """
        wsrep-on = ON
        wsrep-provider = %1$s
        wsrep-cluster-name = %2$s
        wsrep-cluster-address = %3$s
        wsrep-node-name = %4$s
        wsrep-node-address = %5$s
        wsrep-sst-method = mariabackup
        wsrep-sst-auth = root:
        wsrep-slave-threads = 4
        wsrep-mode = REQUIRED_PRIMARY_KEY,STRICT_REPLICATION,DISALLOW_LOCAL_GTID
        wsrep-log-conflicts = ON
        wsrep-retry-autocommit = 1
        wsrep-sync-wait = 0
        wsrep-provider-options = "%6$s"
        innodb-log-file-size = 96M
        innodb-lock-wait-timeout = 10
        default-storage-engine = InnoDB
        [sst]
        encrypt = 3
        tkey = %7$s
        tcert = %7$s
        tca = %8$s
        ssl-mode = VERIFY_CA
        """
                .formatted(
                        PROVIDER,
                        CLUSTER,
                        members(""),
                        site.name(Database.NAME),
                        site.ports().address(),
                        options(identity),
                        identity,
                        site.ca());
    }

    private String options(Path identity) {
        return "gmcast.segment=%d;repl.causal_read_timeout=PT2S;gcache.size=128M;"
                        .formatted(Wan.segment(site.region()))
                + "gcache.recover=yes;pc.recovery=true;"
                + MEMBERSHIP
                + tls(identity);
    }

    private String tls(Path identity) {
        return "socket.ssl=yes;socket.ssl_key=%1$s;socket.ssl_cert=%1$s;socket.ssl_ca=%2$s"
                .formatted(identity, site.ca());
    }

    /**
     * The script that starts a node, whatever state it was left in. A killed node says its position
     * in the cluster's history only through a recovery run; without it, the node would ask for a
     * copy of everything.
     */
    Path startScript(Path folder, Path server) {
        return Folders.write(
                folder.resolve("start.sh"),
                """
                #!/bin/sh
                # Starts this node where it stopped; arguments go to the server.
                log=%1$s/recovery.log
                rm -f "$log"
                %2$s --defaults-file=%1$s/my.cnf --wsrep-recover --log-error="$log" >/dev/null 2>&1
                position=$(sed -n 's/.*Recovered position: *//p' "$log" | tail -n 1)
                case $position in "" | 00000000-*) position= ;; esac
                exec %2$s --defaults-file=%1$s/my.cnf ${position:+--wsrep_start_position=$position} "$@"
                """
                        .formatted(folder, server));
    }

    /**
     * The witness's vote, without data. It keeps in its folder which view it saw last: without that
     * file, two data nodes that crashed with it would not find together again by themselves.
     */
    Part arbitrator(Path identity) {
        var folder = Folders.make(site.folder(ARBITRATOR));
        var command =
                List.of(
                        Tools.program("garbd").toString(),
                        "--workdir",
                        folder.toString(),
                        "--name",
                        ARBITRATOR,
                        "--group",
                        CLUSTER,
                        "--address",
                        members(":" + REPLICATION_PORT),
                        "--options",
                        "gmcast.segment=%d;".formatted(Wan.segment(site.region()))
                                + MEMBERSHIP
                                + tls(identity));
        return site.part(ARBITRATOR, Role.ARBITRATOR, REPLICATION_PORT, command)
                .readyWhen(
                        URI.create("tcp://" + site.ports().authority(REPLICATION_PORT)), List.of());
    }

    /**
     * Every member is told of every other. The arbitrator gives up soon on nodes that are not there
     * yet: after a crash of all, it is they who must look for it.
     */
    private String members(String port) {
        return Wan.LEGS.stream()
                .map(region -> wan.address(region) + port)
                .collect(Collectors.joining(",", "gcomm://", ""));
    }
}
