package dev.paygateway.chaos.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@link MeshTool} is told of a place: its proxies, the service's instances, and what differs
 * there from the files of {@code istio/}. Production's names of the regions stay: East is {@code
 * cn-shanghai}, North {@code cn-beijing}.
 */
final class MeshSite {
    static final String HOST = "payment-gateway.payment-gateway.svc.cluster.local";
    static final int PORT = 8443;

    private static final String EDGE_NAMESPACE = "istio-ingress";
    private static final JsonMapper JSON = new JsonMapper();

    private final Path istio;
    private final Path folder;
    private final List<Object> proxies = new ArrayList<>();
    private final List<Object> endpoints = new ArrayList<>();
    private final List<Object> patches = new ArrayList<>();

    /**
     * An empty place.
     *
     * @param istio the folder of that name
     * @param folder gets sockets and bootstraps; its name must be short
     */
    MeshSite(Path istio, Path folder) {
        this.istio = istio;
        this.folder = folder;
        // No sidecar stands before an instance here, and Java refuses the mesh's own name for it:
        // outbound_.8443_._.payment-gateway..., which no host may be called.
        set("DestinationRule", "payment-gateway", "/spec/trafficPolicy/tls", tls());
    }

    private static Map<String, String> tls() {
        return Map.of("mode", "ISTIO_MUTUAL", "sni", "gateway");
    }

    /** How Istio's files call a region. */
    static String locality(String region) {
        return switch (region) {
            case Wan.EAST -> "cn-shanghai";
            case Wan.NORTH -> "cn-beijing";
            default -> throw new IllegalArgumentException("no region " + region);
        };
    }

    /**
     * An edge's Envoy.
     *
     * @param admin host:port of its admin page
     * @param secrets holds {@code ca.pem} and, with their keys, {@code server.pem}, {@code
     *     client.pem}
     */
    record EdgeProxy(String name, String region, String address, String admin, Path secrets) {}

    MeshSite edge(EdgeProxy edge) {
        var secrets = new LinkedHashMap<String, Object>();
        var server = pair(edge.secrets().resolve(AgentConfig.SERVER));
        var authority =
                Map.of("authority", edge.secrets().resolve(AgentConfig.AUTHORITY).toString());
        secrets.put("default", pair(edge.secrets().resolve(AgentConfig.CLIENT)));
        secrets.put("ROOTCA", authority);
        secrets.put("kubernetes://edge-certificate", server);
        secrets.put("kubernetes://edge-certificate-cacert", authority);
        var proxy = new LinkedHashMap<String, Object>();
        proxy.put("name", edge.name());
        proxy.put("namespace", EDGE_NAMESPACE);
        proxy.put("type", "router");
        proxy.put("address", edge.address());
        proxy.put("admin", edge.admin());
        proxy.put("region", locality(edge.region()));
        proxy.put("zone", "a");
        proxy.put("labels", Map.of("istio", "edge"));
        proxy.put("secrets", secrets);
        proxies.add(proxy);
        return this;
    }

    private static Map<String, String> pair(Path both) {
        return Map.of("certificate", both.toString(), "key", both.toString());
    }

    /** An instance of the service. */
    MeshSite instance(String name, String region, String address, int port) {
        endpoints.add(
                Map.of(
                        "name",
                        name,
                        "address",
                        address,
                        "region",
                        locality(region),
                        "zone",
                        "a",
                        "ports",
                        Map.of("http", port)));
        return this;
    }

    /** Changes a resource by an RFC 7386 merge patch. */
    MeshSite merge(String kind, String name, Map<String, ?> change) {
        patches.add(Map.of("kind", kind, "name", name, "merge", change));
        return this;
    }

    /** Sets one value of a resource, named by an RFC 6901 pointer. */
    MeshSite set(String kind, String name, String pointer, Object value) {
        var replace = Map.of("op", "replace", "path", pointer, "value", value);
        return operate(kind, name, replace);
    }

    /** Takes away one value of a resource. */
    MeshSite remove(String kind, String name, String pointer) {
        return operate(kind, name, Map.of("op", "remove", "path", pointer));
    }

    private MeshSite operate(String kind, String name, Map<String, ?> operation) {
        patches.add(Map.of("kind", kind, "name", name, "operations", List.of(operation)));
        return this;
    }

    /** Takes whatever name a caller used: here it is an address. */
    MeshSite anyName() {
        set("Gateway", "edge", "/spec/servers/0/hosts/0", "*");
        return set("VirtualService", "payments", "/spec/hosts/0", "*");
    }

    /** Takes tokens of these issuers, each with its keys as a JWK set. */
    MeshSite issuers(Map<String, String> issuers) {
        var rules = issuers.entrySet().stream().map(MeshSite::rule).toList();
        var principals = issuers.keySet().stream().map(issuer -> issuer + "/*").toList();
        set("RequestAuthentication", "merchants", "/spec/jwtRules", rules);
        return set(
                "AuthorizationPolicy",
                "merchants",
                "/spec/rules/0/from/0/source/requestPrincipals",
                principals);
    }

    private static Map<String, ?> rule(Map.Entry<String, String> issuer) {
        var rule = new LinkedHashMap<String, Object>();
        rule.put("issuer", issuer.getKey());
        rule.put("jwks", issuer.getValue());
        rule.put("audiences", List.of("gateway"));
        rule.put("forwardOriginalToken", true);
        return rule;
    }

    /** Listens on another port than 8443. */
    MeshSite listen(int port) {
        set("Gateway", "edge", "/spec/servers/0/port/number", port);
        var text = List.of(Integer.toString(port));
        set("AuthorizationPolicy", "merchants", "/spec/rules/0/to/0/operation/ports", text);
        set("AuthorizationPolicy", "merchants", "/spec/rules/0/to/1/operation/ports", text);
        return set("AuthorizationPolicy", "merchants", "/spec/rules/1/to/0/operation/ports", text);
    }

    Path bootstrap(String proxy) {
        return folder.resolve(proxy + ".json");
    }

    /** Writes it down; the command that serves it. */
    List<String> command(Path tool) {
        var site = new LinkedHashMap<String, Object>();
        site.put("config", List.of(in("base"), in("edge"), in("failover")));
        site.put("mesh", Map.of("values", in("install/istiod.yaml"), "merge", stock()));
        site.put("folder", folder.toString());
        site.put("proxies", proxies);
        var service = new LinkedHashMap<String, Object>();
        service.put("host", HOST);
        service.put("namespace", "payment-gateway");
        service.put("ports", List.of(Map.of("number", PORT, "name", "http", "protocol", "HTTP")));
        service.put("endpoints", endpoints);
        site.put("services", List.of(service));
        site.put("patches", patches);
        var file = Folders.write(folder.resolve("site.json"), JSON.writeValueAsString(site));
        return List.of(tool.toString(), "serve", file.toString());
    }

    private String in(String name) {
        return istio.resolve(name).toString();
    }

    /** A stock Envoy has no filter for Istio's metrics, and no collector of traces is here. */
    private static Map<String, Object> stock() {
        return Map.of(
                "enableAutoMtls",
                false,
                "defaultProviders",
                Map.of("metrics", List.of(), "tracing", List.of()));
    }
}
