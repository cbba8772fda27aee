package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Commands;
import dev.paygateway.chaos.lab.DatabaseSetup;
import dev.paygateway.chaos.lab.Folders;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.Merchants;
import dev.paygateway.chaos.lab.Passwords;
import dev.paygateway.chaos.lab.Progress;
import dev.paygateway.chaos.lab.RunEnvironment;
import dev.paygateway.chaos.lab.VaultClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Brings a cluster up from nothing, and a region in it. */
final class Cluster {
    private static final String TAG = "1";
    private static final int NOBODY = 65_532;

    private final Ground ground;
    private final Optional<Path> given;
    private final boolean chaos;
    private final Workshop workshop;
    private final MeshTools meshTools;
    private final boolean isMeshed;
    private final Progress progress;

    /**
     * @param given the archive of the service's image; empty: one is made here
     * @param isMeshed with Istio
     * @param chaos with Chaos Mesh
     */
    Cluster(
            Ground ground,
            Optional<Path> given,
            boolean isMeshed,
            boolean chaos,
            Progress progress) {
        this.ground = ground;
        this.given = given;
        this.isMeshed = isMeshed;
        this.chaos = chaos;
        this.progress = progress;
        workshop = new Workshop(ground);
        meshTools = new MeshTools(ground, workshop);
    }

    /** What is built or fetched once; nothing runs yet. */
    void install() {
        make(ground.tools());
        progress.step("tools", workshop::all);
        if (isMeshed) {
            progress.step("mesh's tools", meshTools::all);
        }
        if (chaos) {
            progress.step("Chaos Mesh's programs", workshop::chaosMesh);
        }
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException refused) {
            throw Commands.disk("cannot make " + folder, refused);
        }
    }

    void start() {
        if (Files.exists(ground.run())) {
            throw LabFailure.failed("a cluster is or was up; ./gateway kube down takes it away");
        }
        Folders.make(ground.run());
        if (isMeshed) {
            Folders.write(ground.meshed(), "");
        }
        var node = new Node(ground, workshop);
        startNode(node);
        progress.step("names", () -> names(node.kubectl()));
        region(node.kubectl());
    }

    /** Adds what no payment needs. */
    void equip() {
        var kubectl = new Node(ground, workshop).kubectl();
        progress.step("database's second node", () -> complete(kubectl));
        progress.step("metrics", new Metrics(ground, kubectl)::start);
        if (chaos) {
            var chaosMesh = new ChaosMesh(ground, workshop, kubectl);
            progress.step("Chaos Mesh", chaosMesh::install);
        }
    }

    private void complete(Kubectl kubectl) {
        var vault = new Vault(ground, kubectl);
        try (var https = vault.https()) {
            release(kubectl).complete(vault.root(https));
        }
    }

    private DatabaseRelease release(Kubectl kubectl) {
        return new DatabaseRelease(ground, kubectl, helm(kubectl));
    }

    private void startNode(Node node) {
        var archives = new ArrayList<Path>();
        progress.step("images", () -> archives.addAll(images()));
        progress.step(
                "control plane",
                () -> {
                    node.prepare();
                    node.startControlPlane();
                });
        progress.step(
                "node",
                () -> {
                    var gateway = archives.removeLast();
                    node.startContainers(archives);
                    node.importImage(gateway, Images.gateway(TAG));
                    node.startNode();
                });
    }

    /** The service's is the last. */
    private List<Path> images() {
        var images = new Images(ground, workshop);
        var archives = new ArrayList<>(images.all());
        if (isMeshed) {
            archives.addAll(new MeshImages(meshTools, images).all());
        }
        if (chaos) {
            archives.addAll(images.chaosMesh());
        }
        archives.addLast(given.orElseGet(images::gateway));
        return archives;
    }

    private void names(Kubectl kubectl) {
        kubectl.apply(ground.filled("manifests/dns.yaml", Map.of()));
        kubectl.apply(ground.filled("manifests/namespaces.yaml", Map.of()));
        if (isMeshed) {
            mesh(kubectl).prepare();
        }
        kubectl.await("kube-system", "deployment/coredns");
    }

    private Mesh mesh(Kubectl kubectl) {
        return new Mesh(ground, meshTools, helm(kubectl));
    }

    private Helm helm(Kubectl kubectl) {
        return new Helm(workshop.helm(), kubectl, ground.root());
    }

    private void region(Kubectl kubectl) {
        List.of("vault", "galera-0", "galera-1", DatabaseRelease.ARBITRATOR, "books")
                .forEach(this::makeData);
        var vault = new Vault(ground, kubectl);
        var database = new Database(kubectl);
        var auditorPassword = Passwords.make();
        var environment = new LinkedHashMap<String, String>();
        progress.step("vault", vault::start);
        try (var https = vault.https()) {
            var root = vault.root(https);
            Outside.allow(root);
            if (isMeshed) {
                progress.step("mesh", () -> mesh(kubectl).start(root));
            }
            progress.step(
                    "database",
                    () -> {
                        release(kubectl).begin(root);
                        database.prepare(auditorPassword);
                    });
            vault.connect(database);
            progress.step("acquirers", () -> acquirers(kubectl, root));
            Outside.agent(kubectl, root, Chart.NAME, "gateway-vault-client");
            environment.putAll(new Merchants(root, ground.run()).make());
        }
        var chart = new Chart(ground, helm(kubectl));
        chart.values(TAG, vault.wrappedKey());
        progress.step("gateway", () -> chart.upgrade());
        progress.step("tokens' keys", chart::showTokenKeys);
        environment.putAll(addresses(kubectl, auditorPassword));
        RunEnvironment.write(ground.state(), environment);
    }

    /** On the node's disk, for a pod whose user is nobody. */
    private void makeData(String name) {
        try {
            Files.setAttribute(Folders.make(ground.data().resolve(name)), "unix:uid", NOBODY);
        } catch (IOException refused) {
            throw Commands.disk("cannot give away " + name, refused);
        }
    }

    private void acquirers(Kubectl kubectl, VaultClient vault) {
        Ground.ACQUIRERS.keySet().forEach(name -> acquirer(name, kubectl, vault));
        Ground.ACQUIRERS.keySet().forEach(name -> kubectl.await("acquirers", "deployment/" + name));
    }

    private void acquirer(String name, Kubectl kubectl, VaultClient vault) {
        var address = Objects.requireNonNull(Ground.ACQUIRERS.get(name));
        var own = Outside.acquirer(vault, name, address);
        kubectl.secret(
                "acquirers",
                name,
                Map.of(
                        "ca.pem", own.ca(),
                        "cert.pem", own.certificate(),
                        "key.pem", own.key()));
        var seed = Integer.toString(name.equals("amber") ? 1 : 2);
        var values = Map.of("name", name, "address", address, "seed", seed);
        kubectl.apply(ground.filled("manifests/acquirer.yaml", values));
    }

    private Map<String, String> addresses(Kubectl kubectl, String auditorPassword) {
        var all = new LinkedHashMap<>(door(kubectl));
        all.put("GATEWAY_CA", ground.run().resolve("ca.pem").toString());
        all.put("DATABASE_URL", database(Ground.DATABASE_ADDRESS, "verify-full"));
        // The nodes' certificates know them by names that are the cluster's own.
        for (int node = 0; node < Ground.DATABASE_NODES.size(); node++) {
            var address = Ground.DATABASE_NODES.get(node);
            all.put("DATABASE_URL_GALERA" + node, database(address, "verify-ca"));
        }
        all.put("DATABASE_AUDITOR", DatabaseSetup.AUDITOR + ":" + auditorPassword);
        all.put("VAULT_ADDR", Vault.ADDRESS);
        all.put(
                "ACQUIRER_BOOKS",
                Ground.ACQUIRERS.keySet().stream()
                        .sorted()
                        .map(name -> ground.data().resolve("books").resolve(name + ".jsonl"))
                        .map(Path::toString)
                        .collect(Collectors.joining(",")));
        return all;
    }

    private String database(String address, String mode) {
        return "jdbc:mariadb://%s:3306/gateway?sslMode=%s&serverSslCert=%s"
                .formatted(address, mode, ground.run().resolve("ca.pem"));
    }

    /** Where merchants arrive; nobody but the edge reaches an instance that has a sidecar. */
    private Map<String, String> door(Kubectl kubectl) {
        if (isMeshed) {
            return Map.of(
                    "GATEWAY_URL", Mesh.EDGE,
                    "GATEWAY_URLS", Mesh.EDGE,
                    "GATEWAY_ADDRESS", Ground.EDGE_ADDRESS);
        }
        var service = List.of("-n", Chart.NAME, "get", "service", Chart.NAME);
        var address = kubectl.run(words(service, "-o", "jsonpath={.spec.clusterIP}"));
        return Map.of(
                "GATEWAY_URL", "https://gateway:8443",
                "GATEWAY_URLS", "https://gateway:8443",
                "GATEWAY_ADDRESS", address,
                "MANAGEMENT_URLS", "https://gateway:8081");
    }

    private static String[] words(List<String> first, String... more) {
        return Stream.concat(first.stream(), List.of(more).stream()).toArray(String[]::new);
    }
}
