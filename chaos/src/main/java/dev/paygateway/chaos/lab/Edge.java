package dev.paygateway.chaos.lab;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Envoy at the edge of a region, and the Vault agent that renders its certificates. */
record Edge(Site site) {
    static final String NAME = "edge";
    static final String AGENT = "agent-edge";

    /** By what the service knows it. */
    static final String PRINCIPAL = "CN=edge";

    private static final String HEALTH = "/edge/health";

    /** Where merchants call the region. */
    String url() {
        return site.ports().url(site.ports().edge());
    }

    /** Listens nowhere: an Envoy has no use for Vault's token. */
    Part agent(Path bao, VaultClient vault) {
        AgentConfig.prepare(site, AGENT, "edge", vault);
        var secrets = Folders.make(site.secrets(NAME));
        var config =
                String.join(
                        "",
                        AgentConfig.login(site, site.secrets(AGENT)),
                        AgentConfig.template(
                                secrets.resolve(AgentConfig.AUTHORITY), AgentConfig.authority()),
                        AgentConfig.template(
                                secrets.resolve(AgentConfig.SERVER), AgentConfig.edge(site)),
                        AgentConfig.template(
                                secrets.resolve(AgentConfig.CLIENT), AgentConfig.edge(site)));
        var file = Folders.write(site.folder(AGENT).resolve("agent.hcl"), config);
        var rendered =
                Stream.of(AgentConfig.AUTHORITY, AgentConfig.SERVER, AgentConfig.CLIENT)
                        .map(secrets::resolve)
                        .toList();
        return site.part(AGENT, Role.AGENT, List.of(bao.toString(), "agent", "-config=" + file))
                .readyWhen(URI.create("file:" + secrets), rendered);
    }

    /** One worker: its view of who is ejected is then the whole view. */
    Part part(Path envoy, Path bootstrap) {
        var options = "--concurrency 1 --disable-hot-restart -l warning -c " + bootstrap;
        var command = Stream.concat(Stream.of(envoy.toString()), Stream.of(options.split(" ", -1)));
        return site.part(NAME, Role.EDGE, site.ports().edge(), command.toList())
                .readyWhen(URI.create(url() + HEALTH), List.of());
    }

    MeshSite.EdgeProxy proxy() {
        return new MeshSite.EdgeProxy(
                site.name(NAME),
                site.region(),
                site.ports().address(),
                site.ports().authority(site.ports().edgeAdmin()),
                site.secrets(NAME));
    }
}
