package dev.paygateway.chaos.lab;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * The Vault agent beside the database: renders its certificates, one for its clients and one for
 * the other members of its cluster, and has the server take up each new one. It lends its token to
 * nobody, so it listens nowhere.
 */
final class DatabaseAgent {
    static final String NAME = "agent-database";

    private final Site site;
    private final Database database;

    DatabaseAgent(Site site, Database database) {
        this.site = site;
        this.database = database;
    }

    Part part(Path bao, VaultClient vault) {
        AgentConfig.prepare(site, NAME, "database", vault);
        Folders.make(site.secrets(Database.NAME));
        var config = Folders.write(site.folder(NAME).resolve("agent.hcl"), config());
        var command = List.of(bao.toString(), "agent", "-config=" + config);
        var members = members(site);
        var renders = List.of(identity(site), members.identity(), members.trust());
        return site.part(NAME, Role.AGENT, command)
                .readyWhen(URI.create("file:" + renders.getLast()), renders);
    }

    /** What the database shows to its clients: certificate and key. */
    static Path identity(Site site) {
        return site.secrets(Database.NAME).resolve(AgentConfig.SERVER);
    }

    /** What it is to the other members of its cluster. */
    static Galera.Members members(Site site) {
        var folder = site.secrets(Database.NAME);
        return new Galera.Members(folder.resolve("member.pem"), folder.resolve("members.pem"));
    }

    private String config() {
        var members = members(site);
        return AgentConfig.login(site, site.secrets(NAME))
                + AgentConfig.templateThen(identity(site), AgentConfig.database(site), takeUp())
                + AgentConfig.templateThen(members.identity(), AgentConfig.member(site), takeUp())
                + AgentConfig.templateThen(members.trust(), AgentConfig.members(), takeUp());
    }

    /**
     * Where no server listens there is nothing to take up: it reads the file when it starts. One
     * that is too busy to answer is asked again; the old certificate is good for a while yet.
     */
    private String takeUp() {
        return "test -S %s || exit 0; for try in 1 2 3 4 5; do %s && exit 0; sleep 2; done; exit 1"
                .formatted(database.socket(), database.takesUpCertificate());
    }
}
