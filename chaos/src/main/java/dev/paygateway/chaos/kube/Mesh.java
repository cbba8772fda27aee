package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Folders;
import dev.paygateway.chaos.lab.TlsIdentity;
import dev.paygateway.chaos.lab.VaultClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Istio in the cluster: its own charts with the values of {@code istio/install}, and the files of
 * {@code istio/} as they are, but for whose tokens are good.
 */
final class Mesh {
    /** Where merchants arrive, by the name that {@code istio/edge} gives it. */
    static final String EDGE = "https://api.paygateway.example:8443";

    private static final String SYSTEM = "istio-system";
    private static final String INGRESS = "istio-ingress";
    private static final String LIMIT = "5m";
    private static final JsonMapper JSON = new JsonMapper();

    /** Not telemetry: its metrics are made by a filter that a stock Envoy does not have. */
    private static final List<String> FILES =
            List.of(
                    "base/mtls.yaml",
                    "base/gateway.yaml",
                    "base/egress.yaml",
                    "failover/destination.yaml",
                    "failover/health.yaml",
                    "edge/gateway.yaml",
                    "edge/replies.yaml",
                    "edge/routes.yaml",
                    "edge/token.yaml");

    private final Ground ground;
    private final MeshTools tools;
    private final Helm helm;
    private final Kubectl kubectl;

    Mesh(Ground ground, MeshTools tools, Helm helm) {
        this.ground = ground;
        this.tools = tools;
        this.helm = helm;
        kubectl = helm.kubectl();
    }

    /** Where the authority of workloads is kept: an intermediate of the root that Vault's is. */
    static Path authority(Ground ground) {
        return ground.memory().resolve("mesh");
    }

    /** Before any pod: the plugin asks about each, and a place is read when a proxy starts. */
    void prepare() {
        kubectl.apply(ground.filled("mesh/cluster.yaml", Map.of()));
        kubectl.run(
                "label",
                "node",
                Ground.NODE,
                "topology.kubernetes.io/region=cn-shanghai",
                "topology.kubernetes.io/zone=cn-shanghai-b");
    }

    /** Done when the edge is ready; the instances behind it come later. */
    void start(VaultClient vault) {
        var root = Folders.read(ground.run().resolve("ca.pem"));
        var own = TlsIdentity.load(ground.run().resolve("ca.pem"), authority(ground));
        kubectl.secret(
                SYSTEM,
                "cacerts",
                Map.of(
                        "ca-cert.pem",
                        own.certificate(),
                        "ca-key.pem",
                        own.key(),
                        "cert-chain.pem",
                        own.certificate() + root,
                        "root-cert.pem",
                        root));
        install(SYSTEM, "istio-base", "base", "--set=defaultRevision=default");
        install(
                SYSTEM,
                "istiod",
                "istio-control/istio-discovery",
                values(file("install/istiod.yaml")),
                values(file("install/istiod-east.yaml")),
                values(ground.own("mesh/istiod.yaml")));
        certificate(vault);
        FILES.forEach(name -> kubectl.apply(Folders.read(file(name))));
        tokens();
        var filled = ground.filled("mesh/edge.yaml", Map.of());
        var small = Folders.write(ground.run().resolve("edge.yaml"), filled);
        install(INGRESS, "edge", "gateway", values(file("install/edge.yaml")), values(small));
    }

    private Path file(String name) {
        return ground.root().resolve("istio").resolve(name);
    }

    private static String values(Path file) {
        return "--values=" + file;
    }

    private void install(String namespace, String release, String chart, String... more) {
        var words = new ArrayList<>(List.of("upgrade", "--install", release));
        words.add(tools.chart(chart).toString());
        words.addAll(List.of("--wait", "--timeout", LIMIT));
        words.addAll(List.of(more));
        helm.run(namespace, words);
    }

    /** What the edge shows to merchants, and whose merchants it takes. */
    private void certificate(VaultClient vault) {
        var names = Map.of("alt_names", "health.paygateway.example");
        var own = vault.issue(Outside.ROLE, "api.paygateway.example", names);
        kubectl.secret(
                INGRESS,
                "edge-certificate",
                Map.of(
                        "tls.crt", own.certificate(),
                        "tls.key", own.key(),
                        "ca.crt", own.ca()));
    }

    /** The lane's one issuer; which keys are its, the gateway's job says. */
    private void tokens() {
        var issuer = Vault.ADDRESS + "/v1/identity/oidc";
        change(
                "requestauthentications",
                List.of(
                        Map.of("op", "remove", "path", "/spec/jwtRules/1"),
                        replace("/spec/jwtRules/0/issuer", issuer)));
        change(
                "authorizationpolicies",
                List.of(
                        replace(
                                "/spec/rules/0/from/0/source/requestPrincipals",
                                List.of(issuer + "/*"))));
    }

    private static Map<String, ?> replace(String path, Object value) {
        return Map.of("op", "replace", "path", path, "value", value);
    }

    private void change(String kinds, List<Map<String, ?>> changes) {
        kubectl.run(
                "-n",
                INGRESS,
                "patch",
                kinds + ".security.istio.io",
                "merchants",
                "--type=json",
                "--patch=" + JSON.writeValueAsString(changes));
    }
}
