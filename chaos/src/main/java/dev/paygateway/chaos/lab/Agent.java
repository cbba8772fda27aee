package dev.paygateway.chaos.lab;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Vault agent beside one user of it: lends its token to calls through its address, and renders
 * that user's certificates into memory, and its own.
 *
 * @param name the agent's
 * @param client whose agent it is; its folder in memory gets {@code ca.pem}, {@code server.pem} and
 *     {@code client.pem}, the latter two with their key
 * @param role the AppRole it logs in with
 * @param port where it listens, mutual TLS only
 */
record Agent(String name, String client, String role, int port) {
    private static final String COMMON_NAME = "agent";

    /** Who runs a template's command is the shell's parent: the agent itself. */
    private static final String RELOAD = "kill -HUP $PPID";

    /** Prepares its certificates, its login and its configuration. */
    Part part(Site site, Path bao, VaultClient vault) {
        var secrets = AgentConfig.prepare(site, name, role, vault);
        // The first one, to listen at all; it renders the next itself.
        var first =
                vault.issueServer(
                        COMMON_NAME, site.ports().address(), site.options().certificateLife());
        Folders.write(listens(secrets), first.certificate() + first.key());

        var target = Folders.make(site.secrets(client));
        var config = Folders.write(site.folder(name).resolve("agent.hcl"), config(site, target));
        var command = List.of(bao.toString(), "agent", "-config=" + config);
        var health = URI.create(site.ports().url(port) + "/v1/sys/health");
        var rendered =
                Stream.of(AgentConfig.AUTHORITY, AgentConfig.SERVER, AgentConfig.CLIENT)
                        .map(target::resolve)
                        .toList();
        return site.part(name, Role.AGENT, port, command).readyWhen(health, rendered);
    }

    private static Path listens(Path secrets) {
        return secrets.resolve(AgentConfig.SERVER);
    }

    private String config(Site site, Path target) {
        var secrets = site.secrets(name);
        return String.join(
                "",
                AgentConfig.login(site, secrets),
                AgentConfig.listener(site, port, listens(secrets)),
                AgentConfig.templateThen(
                        listens(secrets), AgentConfig.server(site, COMMON_NAME), RELOAD),
                AgentConfig.template(
                        target.resolve(AgentConfig.AUTHORITY), AgentConfig.authority()),
                AgentConfig.template(
                        target.resolve(AgentConfig.SERVER),
                        AgentConfig.server(site, "gateway", Dns.NAME)),
                AgentConfig.template(
                        target.resolve(AgentConfig.CLIENT), AgentConfig.client(site, "gateway")));
    }
}
