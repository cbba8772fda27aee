package dev.paygateway.chaos.lab;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The gateway's own processes: the migration that ends by itself, and the instances. */
final class Instances {
    static final int COUNT = 2;
    static final String MIGRATION = "migration";
    static final String PUPIL = "start-cache";

    private static final String MAIN = "dev.paygateway.GatewayApplication";

    /** The sandbox's, 100 times the production default (api.md, section 1). */
    private static final String LIMITS =
            "{write-per-second: 10000, read-per-second: 20000, list-per-second: 2000}";

    private final Site site;

    Instances(Site site) {
        this.site = site;
    }

    /** Its plain name. */
    static String name(int instance) {
        return "gateway-" + instance;
    }

    /** The key of fingerprints, wrapped by any region's Vault: no secret. */
    static Path wrappedKey(Site site) {
        return site.run().resolve("fingerprint-key.wrapped");
    }

    Part gateway(int instance, String wrappedKey) {
        return gateway(name(instance), instance, wrappedKey, cached(isCrowded()));
    }

    /** In the first one's place: as it ends, it leaves what all others start with. */
    Part pupil(String wrappedKey, Path fresh) {
        return gateway(PUPIL, 1, wrappedKey, List.of("-XX:AOTCacheOutput=" + fresh));
    }

    /** What instances start with; with another class path, or a debugger, the JVM takes none. */
    Optional<StartCache> cache() {
        var options = site.options();
        var isPlain = options.gatewayClassPath().isEmpty() && options.gatewayJvmArgs().isEmpty();
        return isPlain ? Optional.of(StartCache.of(options)) : Optional.empty();
    }

    private List<String> cached(boolean isQuicklyCompiled) {
        var arguments = new ArrayList<>(cache().map(StartCache::arguments).orElse(List.of()));
        if (isQuicklyCompiled) {
            arguments.add("-XX:TieredStopAtLevel=1");
        }
        return arguments;
    }

    /**
     * Four cold instances on two cores have no time for the optimising compiler: for minutes it
     * takes more of it than the payments do. And they need longer to rehearse.
     */
    private boolean isCrowded() {
        return site.regions().size() > 1;
    }

    private Part gateway(String part, int instance, String wrappedKey, List<String> jvmArgs) {
        var settings =
                new Settings(
                        name(instance), site.ports().agent(instance), "gateway-app", wrappedKey);
        var ports = site.ports();
        var text =
                """
                server: {address: %1$s, port: %2$d}
                management: {server: {address: %1$s, port: %3$d}}
                """
                        .formatted(
                                ports.address(),
                                ports.gateway(instance),
                                ports.management(instance));
        var profiles = site.options().springProfiles();
        var command = command(jvmArgs, write(settings, text), profiles);
        var ready = ports.url(ports.management(instance)) + "/actuator/health/readiness";
        return site.part(part, Role.GATEWAY, ports.gateway(instance), command)
                .readyWhen(URI.create(ready), List.of());
    }

    /** Not a part to be ready: it has done its work when it has ended with 0. */
    Part migration(String wrappedKey) {
        var port = site.ports().migrationAgent();
        var settings = new Settings(MIGRATION, port, "gateway-migrator", wrappedKey);
        var command = command(cached(true), write(settings, ""), List.of("migrate"));
        return site.part(MIGRATION, Role.GATEWAY, port, command);
    }

    private record Settings(String name, int agent, String role, String wrappedKey) {}

    private Path write(Settings settings, String more) {
        var ports = site.ports();
        var outside = site.outside().ports();
        var text =
                """
                gateway:
                  region: %s
                  instance: %s
                  tls: {directory: "%s"}
                  vault: {address: "%s"}
                  database: {hosts: "%s:%d", name: gateway, role: %s, pool-size-max: 24}
                  acquirers:
                    - {name: amber, url: "%s"}
                    - {name: basalt, url: "%s"}
                  fingerprint: {wrapped-key: "%s"}
                  tokens: {issuers: [%s], audience: gateway}
                  limits: %s
                  %s
                  %s
                """
                        .formatted(
                                site.region(),
                                site.name(settings.name()),
                                site.secrets(settings.name()),
                                ports.url(settings.agent()),
                                ports.address(),
                                ports.database(),
                                settings.role(),
                                outside.url(outside.acquirer(1)),
                                outside.url(outside.acquirer(2)),
                                settings.wrappedKey(),
                                issuers(),
                                LIMITS,
                                isCrowded() ? "warm-up: {time-max: 20s}" : "",
                                clientCertificate());
        var file = site.folder(settings.name()).resolve("application.yaml");
        return Folders.write(file, text + more);
    }

    /** Behind an edge the merchant's certificate is what the edge says. */
    private String clientCertificate() {
        return Edges.belongTo(site)
                ? "edge: {client-certificate: xfcc, forwarders: [\"" + Edge.PRINCIPAL + "\"]}"
                : "";
    }

    /** The Vault of each region signs tokens, and each is good everywhere. */
    private String issuers() {
        return site.regions().stream()
                .map(region -> "\"" + new VaultServer(region).address() + "/v1/identity/oidc\"")
                .collect(Collectors.joining(", "));
    }

    private List<String> command(List<String> jvmArgs, Path settings, List<String> profiles) {
        var command = new ArrayList<String>();
        command.addAll(List.of(Site.java(), "-Xmx256m", "-XX:+UseSerialGC"));
        command.addAll(jvmArgs);
        command.add("--enable-native-access=ALL-UNNAMED");
        // What a killed server leaves there ends with the lab.
        var temporary = Folders.make(settings.resolveSibling("tmp"));
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(site.options().gatewayJvmArgs());
        command.addAll(List.of("-cp", classPath(), MAIN));
        command.add("--spring.config.additional-location=file:" + settings);
        if (!profiles.isEmpty()) {
            command.add("--spring.profiles.active=" + String.join(",", profiles));
        }
        return command;
    }

    /** Those of its arguments that are the service's, not the JVM's. */
    static List<String> settings(Part instance) {
        var command = instance.command();
        return command.subList(command.indexOf(MAIN) + 1, command.size());
    }

    private String classPath() {
        var target = site.options().root().resolve("gateway-service/target");
        var own =
                Stream.of(
                        target.resolve("gateway-service.jar"), target.resolve("lib").resolve("*"));
        return Stream.concat(site.options().gatewayClassPath().stream(), own)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
