package dev.paygateway.chaos.lab;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Brings a lab up from nothing, in the order in which the parts need each other. */
final class Assembly {
    private static final int PASSWORD_BYTES = 24;

    private final Site site;
    private final State state;
    private final Progress progress;
    private final Supervisor supervisor;
    private final VaultServer vault;
    private final Database database;
    private final Acquirers acquirers;
    private final Instances instances;
    private final String adminPassword = password();
    private final String auditorPassword = password();

    Assembly(Site site, State state, Progress progress) {
        this.site = site;
        this.state = state;
        this.progress = progress;
        supervisor = new Supervisor(state);
        vault = new VaultServer(site);
        database = new Database(site);
        acquirers = new Acquirers(site);
        instances = new Instances(site);
    }

    /** What is installed once; nothing runs yet. */
    static Path install(Site site, Progress progress) {
        Tools.requireSystem();
        var database = new Database(site);
        progress.step(
                "tools",
                () -> Parallel.run(() -> Tools.bao(site.options().tools()), database::install));
        return Tools.bao(site.options().tools());
    }

    /** Everything up and ready, and the environment file written. */
    void run(Path bao) {
        progress.step(VaultServer.NAME, () -> startVault(bao));
        try (var https = new Https(TlsIdentity.load(site.ca(), vault.clientIdentity()))) {
            var root = vault.root(https);
            var environment = new LinkedHashMap<String, String>();
            Parallel.run(
                    () -> progress.step(Database.NAME, () -> startDatabase(bao, root, https)),
                    () -> acquirers(root, https),
                    () -> agents(bao, root, https),
                    () -> environment.putAll(new Merchants(root, site.run()).make()));
            if (site.options().instances()) {
                gateways(bao, root, https);
            }
            environment.putAll(addresses());
            RunEnvironment.write(site.options().stateFolder(), environment);
        }
        state.becomesReady();
    }

    /** Vault with the first certificates, its configuration, and then certificates of its own. */
    private void startVault(Path bao) {
        var authority = new Authority("payment-gateway lab");
        Folders.write(site.ca(), authority.certificate());
        Folders.write(site.run().resolve("ca.pem"), authority.certificate());
        authority.firstServer(VaultServer.NAME).save(site.secrets(VaultServer.NAME));
        var first = authority.firstClient("lab");
        var part = supervisor.spawn(vault.part(bao));
        try (var https = new Https(first)) {
            supervisor.await(part, () -> https.probe(part.ready()).isPresent());
            vault.initialise(https);
            vault.unseal(https);
            supervisor.await(part, new Readiness(site, https).of(part));
            var root = vault.root(https);
            var config = config();
            config.apply("1-mounts", root);
            root.write("pki/config/ca", Map.of("pem_bundle", authority.bundle()));
            config.apply("2-roles", root);
            root.issue("machinery", "lab", Map.of()).save(vault.clientIdentity());
            renewVault(root, part);
        }
    }

    /** Replaces Vault's first certificate by one of its own; done when that one is served. */
    private void renewVault(VaultClient root, Part part) {
        var own = root.issueServer(VaultServer.NAME, LabOptions.CERTIFICATE_LIFE);
        own.save(site.secrets(VaultServer.NAME));
        part.process().orElseThrow().send("HUP");
        var lab = TlsIdentity.load(site.ca(), vault.clientIdentity());
        supervisor.await(part, () -> own.isServedAt(site.ports().vault(), lab));
    }

    private void startDatabase(Path bao, VaultClient root, Https https) {
        start(new DatabaseAgent(site, database).part(bao, root), https);
        start(database.part(), https);
        database.prepare(adminPassword, auditorPassword);
        var client = root.issue("machinery", VaultServer.NAME, Map.of());
        config().with(
                        Map.of(
                                "database_admin_password",
                                adminPassword,
                                "database_client",
                                client.certificate() + client.key()))
                .apply("3-database", root);
        root.write("database/rotate-root/gateway", Map.of());
    }

    private VaultConfig config() {
        var values =
                Map.of(
                        "region",
                        Site.REGION,
                        "vault_address",
                        vault.address(),
                        "token_ttl",
                        "24h",
                        "database_address",
                        Ports.ADDRESS + ":" + site.ports().database(),
                        "database_admin",
                        Database.ADMIN,
                        "database_ca",
                        Folders.read(site.ca()));
        return new VaultConfig(site.options().vaultConfig(), values);
    }

    private void acquirers(VaultClient root, Https https) {
        Parallel.run(
                Acquirers.NAMES.stream()
                        .<Runnable>map(name -> () -> acquirer(name, root, https))
                        .toArray(Runnable[]::new));
    }

    private void acquirer(String name, VaultClient root, Https https) {
        progress.step(name, () -> start(acquirers.part(name, root), https));
    }

    private void agents(Path bao, VaultClient root, Https https) {
        for (int instance = 1; instance <= Instances.COUNT; instance++) {
            var port = site.ports().agent(instance);
            var agent = new Agent("agent-" + instance, Instances.name(instance), "gateway", port);
            progress.step(agent.name(), () -> start(agent.part(site, bao, root), https));
        }
    }

    private void gateways(Path bao, VaultClient root, Https https) {
        var wrapped = root.write("transit/datakey/wrapped/gateway-data", Map.of("bits", 256));
        var key = wrapped.path("data").path("ciphertext").asString();
        progress.step(Instances.MIGRATION, () -> migrate(bao, root, https, key));
        for (int instance = 1; instance <= Instances.COUNT; instance++) {
            var part = instances.gateway(instance, key);
            progress.step(part.name(), () -> start(part, https));
        }
    }

    /**
     * The migration beside its own agent; both are gone afterwards, and so is the database user.
     */
    private void migrate(Path bao, VaultClient root, Https https, String wrappedKey) {
        var port = site.ports().migrationAgent();
        var agent = new Agent("agent-migration", Instances.MIGRATION, "gateway-migrator", port);
        var beside = start(agent.part(site, bao, root), https);
        supervisor.runToEnd(instances.migration(wrappedKey));
        supervisor.stop(beside, Signal.KILL);
        state.forget(beside.name());
        root.write("sys/leases/revoke-prefix/database/creds/gateway-migrator", Map.of());
        Folders.remove(site.secrets(Instances.MIGRATION));
        Folders.remove(site.secrets(agent.name()));
    }

    private Part start(Part part, Https https) {
        var running = supervisor.spawn(part);
        supervisor.await(running, new Readiness(site, https).of(running));
        return running;
    }

    private Map<String, String> addresses() {
        var ports = site.ports();
        var database = "jdbc:mariadb://" + Ports.ADDRESS + ":" + ports.database() + "/gateway";
        var first = Ports.url(ports.gateway(1));
        var addresses = new LinkedHashMap<String, String>();
        addresses.put("GATEWAY_URL", first);
        addresses.put("GATEWAY_URL_EAST", first);
        addresses.put("GATEWAY_URLS", each(ports::gateway));
        addresses.put("MANAGEMENT_URLS", each(ports::management));
        addresses.put("GATEWAY_CA", site.run().resolve("ca.pem").toString());
        addresses.put(
                "DATABASE_URL",
                database + "?sslMode=verify-full&serverSslCert=" + site.run().resolve("ca.pem"));
        addresses.put("DATABASE_AUDITOR", Database.AUDITOR + ":" + auditorPassword);
        addresses.put("ACQUIRER_BOOKS", acquirers.allBooks());
        addresses.put("VAULT_ADDR", vault.address());
        return addresses;
    }

    private static String each(IntUnaryOperator port) {
        return IntStream.rangeClosed(1, Instances.COUNT)
                .mapToObj(instance -> Ports.url(port.applyAsInt(instance)))
                .collect(Collectors.joining(","));
    }

    private static String password() {
        var bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
