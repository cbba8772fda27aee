package dev.paygateway.chaos.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Brings one region up, a step at a time, in the order in which its parts need each other. */
final class RegionAssembly {
    private final Site site;
    private final Starter starter;
    private final Path bao;
    private final VaultServer vault;
    private final Database database;
    private final Instances instances;

    RegionAssembly(Site site, Starter starter, Path bao) {
        this.site = site;
        this.starter = starter;
        this.bao = bao;
        vault = new VaultServer(site);
        database = new Database(site);
        instances = new Instances(site);
    }

    VaultServer vault() {
        return vault;
    }

    Database database() {
        return database;
    }

    /**
     * Vault with the first certificates, its configuration, and then certificates of its own.
     *
     * @param members whom the database's members trust
     * @param shared the transit key that another region's Vault has too
     */
    void startVault(Authority authority, Authority members, Optional<TransitKey> shared) {
        authority
                .firstServer(VaultServer.NAME, site.ports().address())
                .save(site.secrets(VaultServer.NAME));
        var first = authority.firstClient("lab");
        var part = starter.spawn(vault.part(bao));
        try (var https = new Https(first)) {
            starter.await(part, () -> https.probe(part.ready()).isPresent());
            vault.initialise(https);
            vault.unseal(https);
            starter.await(part, https);
            var root = vault.root(https);
            var config = vault.files();
            config.apply("1-mounts", root);
            root.write("pki/config/ca", Map.of("pem_bundle", authority.bundle()));
            root.signMembers(members, "payment-gateway members " + name());
            shared.ifPresent(key -> key.importInto(root, VaultServer.TRANSIT_KEY));
            config.apply("2-roles", root);
            root.issue("machinery", "lab", Map.of()).save(site.ownIdentity());
            renewVault(root, part);
        }
    }

    /** Replaces Vault's first certificate by one of its own; done when that one is served. */
    private void renewVault(VaultClient root, Part part) {
        var ports = site.ports();
        var own = root.issueServer(VaultServer.NAME, ports.address(), LabOptions.CERTIFICATE_LIFE);
        own.save(site.secrets(VaultServer.NAME));
        part.process().orElseThrow().send("HUP");
        var lab = TlsIdentity.load(site.ca(), site.ownIdentity());
        starter.await(part, () -> own.isServedAt(ports.address(), ports.vault(), lab));
    }

    /**
     * The database's agent, which renders the certificate that the database cannot start without.
     */
    void startDatabaseAgent(Https https) {
        starter.start(new DatabaseAgent(site, database).part(bao, vault.root(https)), https);
    }

    /** The database itself; {@code arguments} are for this start alone. */
    void startDatabase(Https https, List<String> arguments) {
        starter.start(database.part(), arguments, https);
    }

    void connectVault(Https https) {
        vault.files().connectDatabase(vault.root(https), database::prepareVault);
    }

    void startAgents(Https https) {
        var root = vault.root(https);
        for (int instance = 1; instance <= Instances.COUNT; instance++) {
            var port = site.ports().agent(instance);
            var agent = new Agent("agent-" + instance, Instances.name(instance), "gateway", port);
            starter.step(agent.part(site, bao, root), https);
        }
    }

    void startEdgeAgent(Https https) {
        starter.step(new Edge(site).agent(bao, vault.root(https)), https);
    }

    /** Who signs this region's tokens. */
    String issuer() {
        return vault.address() + "/v1/identity/oidc";
    }

    String name() {
        return site.region();
    }

    /** The public keys that sign this region's tokens. */
    JsonNode tokenKeys(Https https) {
        return vault.root(https).read("identity/oidc/.well-known/keys");
    }

    /** Copies of another region's. */
    void keepTokenKeys(String region, JsonNode keys, Https https) {
        vault.root(https).write("token-keys/" + region, keys);
    }

    /** The key of fingerprints, which every instance of every region has unwrapped by its Vault. */
    String wrappedKey(Https https) {
        var wrapped =
                vault.root(https)
                        .write(
                                "transit/datakey/wrapped/" + VaultServer.TRANSIT_KEY,
                                Map.of("bits", 256));
        return wrapped.path("data").path("ciphertext").asString();
    }

    /** Has an instance find out what all are to start with, unless one has before. */
    void train(String wrappedKey, Https https) {
        instances
                .cache()
                .filter(cache -> !cache.isThere())
                .ifPresent(cache ->
                        starter.step(Instances.PUPIL, () -> train(cache, wrappedKey, https)));
    }

    private void train(StartCache cache, String wrappedKey, Https https) {
        var fresh = site.run().resolve("fresh.aot");
        var pupil = starter.start(instances.pupil(wrappedKey, fresh), https);
        starter.finish(pupil);
        if (!Files.exists(fresh)) {
            throw LabFailure.failed("the JVM has left no start cache; see " + pupil.log());
        }
        cache.keep(fresh);
    }

    void startInstances(String wrappedKey, Https https) {
        IntStream.rangeClosed(1, Instances.COUNT)
                .mapToObj(instance -> instances.gateway(instance, wrappedKey))
                .forEach(part -> starter.step(part, https));
    }

    /**
     * The migration beside its own agent; both are gone afterwards, and so is the database user.
     */
    void migrate(String wrappedKey, Https https) {
        var root = vault.root(https);
        var port = site.ports().migrationAgent();
        var agent = new Agent("agent-migration", Instances.MIGRATION, "gateway-migrator", port);
        var beside = starter.start(agent.part(site, bao, root), https);
        starter.runToEnd(instances.migration(wrappedKey));
        starter.end(beside);
        root.write("sys/leases/revoke-prefix/database/creds/gateway-migrator", Map.of());
        Folders.remove(site.secrets(Instances.MIGRATION));
        Folders.remove(site.secrets(agent.name()));
    }
}
