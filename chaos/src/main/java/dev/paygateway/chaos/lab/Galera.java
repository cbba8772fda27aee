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

    private static final int REPLICATION_PORT = 4_567;

    /**
     * What a member shows to the others, and whom it lets in: nobody but them.
     *
     * @param identity certificate and key
     * @param trust their authority
     */
    record Members(Path identity, Path trust) {}

    /** Goes at the end of the server's section, as it opens one of its own. */
    String config() {
        var members = DatabaseAgent.members(site);
        return chart("node.cnf")
                + """
                wsrep-cluster-address = %1$s
                wsrep-node-name = %2$s
                wsrep-node-address = %3$s
                wsrep-sst-auth = root:
                wsrep-provider-options = "%4$s"
                innodb-log-file-size = 96M
                [sst]
                encrypt = 3
                tkey = %5$s
                tcert = %5$s
                tca = %6$s
                ssl-mode = VERIFY_CA
                """
                        .formatted(
                                members(""),
                                site.name(Database.NAME),
                                site.ports().address(),
                                options(members),
                                members.identity(),
                                members.trust());
    }

    private String chart(String file) {
        return Folders.read(DatabaseSetup.chart(site.options().root()).resolve(file));
    }

    private String options(Members members) {
        return "gmcast.segment=%d;gcache.size=128M;".formatted(Wan.segment(site.region()))
                + joined("node.options")
                + membership(members);
    }

    /** The same for nodes and arbitrator: they must agree on when one is gone. */
    private String membership(Members members) {
        return joined("member.options")
                + "socket.ssl_key=%1$s;socket.ssl_cert=%1$s;socket.ssl_ca=%2$s"
                        .formatted(members.identity(), members.trust());
    }

    /** One option a line there, one after the other here. */
    private String joined(String file) {
        return chart(file).replace('\n', ';');
    }

    /** What starts a node, whatever state it was left in; more words go to the server. */
    List<String> start(Path config) {
        var script = DatabaseSetup.chart(site.options().root()).resolve("start.sh");
        return List.of("sh", script.toString(), config.toString());
    }

    /**
     * The witness's vote, without data. It keeps in its folder which view it saw last: without that
     * file, two data nodes that crashed with it would not find together again by themselves.
     */
    Part arbitrator(Members members) {
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
                                + membership(members));
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
