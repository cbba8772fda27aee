package dev.paygateway.chaos.lab;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The Vault agent beside the database: renders its certificate, and has the server take up each new
 * one. It lends its token to nobody, so it listens nowhere.
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
        var config = Folders.write(site.run().resolve(NAME + "/agent.hcl"), config());
        return new Part(
                NAME,
                Role.AGENT,
                Site.REGION,
                Optional.empty(),
                Part.NOWHERE,
                List.of(bao.toString(), "agent", "-config=" + config),
                site.log(NAME),
                URI.create("file:" + identity(site)),
                List.of(identity(site)),
                Optional.empty(),
                false);
    }

    /** What it renders: the database's certificate and key. */
    static Path identity(Site site) {
        return site.secrets(Database.NAME).resolve(AgentConfig.SERVER);
    }

    private String config() {
        var life = site.options().certificateLife();
        return AgentConfig.login(site, site.secrets(NAME))
                + AgentConfig.templateThen(
                        identity(site), AgentConfig.server(Database.NAME, life), takeUp());
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
