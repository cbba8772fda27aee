package dev.paygateway.chaos.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Brings a lab up from nothing, in the order in which the parts need each other. */
final class Assembly {
    private static final Duration MEMBER_LIMIT = Duration.ofSeconds(30);

    private final State state;
    private final Site site;
    private final Starter starter;
    private final List<RegionAssembly> regions;
    private final RegionAssembly first;
    private final Acquirers acquirers;
    private final String auditorPassword = Passwords.make();

    Assembly(State state, Path bao, Progress progress) {
        this.state = state;
        site = state.site();
        starter = new Starter(state, progress);
        regions =
                site.regions().stream()
                        .map(region -> new RegionAssembly(region, starter, bao))
                        .toList();
        first = regions.getFirst();
        acquirers = new Acquirers(site.outside());
    }

    /** What is installed once; nothing runs yet. */
    static Path install(Site site, Progress progress) {
        Tools.requireSystem();
        if (site.wan().isPresent()) {
            Tools.requireNetwork();
        }
        var database = new Database(site);
        progress.step(
                "tools",
                () ->
                        Parallel.run(
                                () -> Tools.bao(site.options().tools()),
                                () -> Edges.install(site),
                                database::install));
        return Tools.bao(site.options().tools());
    }

    /** Everything up and ready, and the environment file written. */
    void run() {
        site.wan().ifPresent(wan -> starter.step("network", () -> network(wan)));
        starter.step("vault", this::vaults);
        var environment = new LinkedHashMap<String, String>();
        try (var https = new Https(TlsIdentity.load(site.ca(), site.ownIdentity()))) {
            Parallel.run(
                    () -> starter.step(Database.NAME, () -> databases(https)),
                    () -> acquirers(https),
                    () -> regions.forEach(region -> region.startAgents(https)),
                    () -> environment.putAll(merchants(https)));
            exchangeTokenKeys(https);
            Folders.write(Instances.wrappedKey(site), first.wrappedKey(https));
            if (site.options().instances()) {
                gateways(https);
            }
            if (Edges.belongTo(site)) {
                edges(https);
            }
            site.wan().ifPresent(_ -> starter.step(dns(https), https));
        }
        environment.putAll(new Addresses(state, auditorPassword).all());
        RunEnvironment.write(site.options().stateFolder(), environment);
        state.becomesReady();
    }

    private void network(Wan wan) {
        var plumbing = new Plumbing(wan, state.sites());
        plumbing.makeNamespaces();
        for (var part : plumbing.parts()) {
            var running = starter.spawn(part);
            starter.await(running, () -> true);
            plumbing.afterStart(running);
        }
    }

    /**
     * Both trust one authority, and another for the members of the database's cluster; where there
     * are two, both hold the same transit key.
     */
    private void vaults() {
        var authority = new Authority("payment-gateway lab");
        Folders.write(site.ca(), authority.certificate());
        Folders.write(site.run().resolve("ca.pem"), authority.certificate());
        var members = new Authority("payment-gateway lab members");
        var shared = site.wan().map(_ -> new TransitKey());
        each(region -> region.startVault(authority, members, shared));
    }

    /** Each Vault has a copy of the public keys that sign the others' tokens. */
    private void exchangeTokenKeys(Https https) {
        for (var signing : regions) {
            var keys = signing.tokenKeys(https);
            regions.stream()
                    .filter(other -> other != signing)
                    .forEach(other -> other.keepTokenKeys(signing.name(), keys, https));
        }
    }

    private void databases(Https https) {
        each(region -> region.startDatabaseAgent(https));
        if (site.wan().isEmpty()) {
            first.startDatabase(https, List.of());
        } else {
            cluster(https);
        }
        first.database().prepare(auditorPassword);
        regions.forEach(region -> region.connectVault(https));
    }

    /** The first node begins the cluster; the witness and the others join it. */
    private void cluster(Https https) {
        first.startDatabase(https, List.of(Galera.NEW_CLUSTER));
        var witness = state.site(Wan.WITNESS);
        var own = first.vault().root(https).issueMember(Galera.ARBITRATOR, "2160h");
        var secrets = witness.secrets(Galera.ARBITRATOR);
        var members =
                new Galera.Members(
                        Folders.write(
                                secrets.resolve(AgentConfig.SERVER), own.certificate() + own.key()),
                        Folders.write(secrets.resolve(AgentConfig.AUTHORITY), own.ca()));
        var galera = new Galera(witness, witness.wan().orElseThrow());
        starter.step(galera.arbitrator(members), https);
        requireMembers(2);
        regions.stream().skip(1).forEach(region -> region.startDatabase(https, List.of()));
        requireMembers(Wan.LEGS.size());
    }

    private void requireMembers(int count) {
        var size = Integer.toString(count);
        if (!Await.holds(
                MEMBER_LIMIT, () -> first.database().status("wsrep_cluster_size").equals(size))) {
            throw LabFailure.failed("the cluster does not come to " + count + " members");
        }
    }

    private void acquirers(Https https) {
        var root = first.vault().root(https);
        Parallel.run(
                Acquirers.NAMES.stream()
                        .<Runnable>map(
                                name -> () -> starter.step(acquirers.part(name, root), https))
                        .toArray(Runnable[]::new));
    }

    private Map<String, String> merchants(Https https) {
        return new Merchants(first.vault().root(https), site.run()).make();
    }

    private void gateways(Https https) {
        var key = Folders.read(Instances.wrappedKey(site));
        starter.step(Instances.MIGRATION, () -> first.migrate(key, https));
        first.train(key, https);
        each(region -> region.startInstances(key, https));
    }

    private void edges(Https https) {
        regions.forEach(region -> region.startEdgeAgent(https));
        var keys =
                regions.stream()
                        .collect(
                                Collectors.toMap(
                                        RegionAssembly::issuer,
                                        region -> region.tokenKeys(https).toString()));
        new Edges(site).start(starter, keys, https);
    }

    private Part dns(Https https) {
        return new Dns(state.site(Wan.WITNESS)).part(first.vault().root(https));
    }

    private void each(Consumer<RegionAssembly> work) {
        Parallel.run(
                regions.stream()
                        .<Runnable>map(region -> () -> work.accept(region))
                        .toArray(Runnable[]::new));
    }
}
