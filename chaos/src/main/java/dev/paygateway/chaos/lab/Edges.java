package dev.paygateway.chaos.lab;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The edges of two regions. Their Envoys are configured by Istio's own generator from {@code
 * istio/}; on a machine that cannot build it, by a plain file that does the same for the lab's
 * needs.
 */
final class Edges {
    /** The part that stands for both regions' control planes. */
    static final String MESH = "mesh";

    private final Site site;
    private final Path envoy;
    private final MeshTool.Built tool;

    Edges(Site site) {
        this.site = site;
        var tools = site.options().tools();
        envoy = Tools.envoy(tools);
        tool = new MeshTool(site.options().root(), tools).built();
    }

    /** Whether the lab has edges. */
    static boolean belongTo(Site site) {
        return site.wan().isPresent() && site.options().instances();
    }

    /** What is installed once; the first build of the mesh's program takes minutes. */
    static void install(Site site) {
        if (belongTo(site)) {
            new Edges(site);
        }
    }

    /**
     * Starts them.
     *
     * @param tokenKeys each issuer's public keys, as a JWK set
     */
    void start(Starter starter, Map<String, String> tokenKeys, Https https) {
        if (tool.program().isEmpty()) {
            var why = "edge: plain Envoy (no Go tools): " + tool.lack();
            starter.step(why, () -> plain().forEach(part -> starter.start(part, https)));
            return;
        }
        var mesh = describe(tokenKeys);
        var boots = edges().stream().map(edge -> mesh.bootstrap(edge.proxy().name())).toList();
        boots.forEach(Folders::remove);
        var command = mesh.command(tool.program().get());
        var outside = site.outside();
        starter.step(
                outside.part(MESH, Role.EDGE, command).readyWhen(outside.log(MESH).toUri(), boots),
                https);
        edges().forEach(edge ->
                starter.step(edge.part(envoy, mesh.bootstrap(edge.proxy().name())), https));
    }

    private List<Edge> edges() {
        return site.regions().stream().map(Edge::new).toList();
    }

    private MeshSite describe(Map<String, String> tokenKeys) {
        var root = site.options().root();
        var mesh = new MeshSite(root.resolve("istio"), Folders.make(site.memory().resolve(MESH)));
        edges().forEach(edge -> mesh.edge(edge.proxy()));
        instances(site)
                .forEach((name, place) ->
                        mesh.instance(name, place.region(), place.address(), place.port()));
        return mesh.anyName().listen(site.ports().edge()).issuers(tokenKeys);
    }

    /** Where an instance is. */
    record Place(String region, String address, int port) {}

    /** All instances by their names. */
    static Map<String, Place> instances(Site site) {
        var all = new LinkedHashMap<String, Place>();
        for (var region : site.regions()) {
            var ports = region.ports();
            IntStream.rangeClosed(1, Instances.COUNT)
                    .forEach(instance ->
                            all.put(
                                    region.name(Instances.name(instance)),
                                    new Place(
                                            region.region(),
                                            ports.address(),
                                            ports.gateway(instance))));
        }
        return all;
    }

    private List<Part> plain() {
        return edges().stream()
                .map(edge -> {
                    var file = edge.site().folder(Edge.NAME).resolve("envoy.yaml");
                    return edge.part(envoy, Folders.write(file, new PlainEdge(edge).config()));
                })
                .toList();
    }
}
