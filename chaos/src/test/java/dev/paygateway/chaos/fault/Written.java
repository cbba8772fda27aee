package dev.paygateway.chaos.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Manifests that tests write. */
final class Written {
    static final String CHAOS_MESH = "chaos-mesh.org/v1alpha1/";
    static final String OURS = "chaos.paygateway.dev/v1/";

    private Written() {}

    /** One of {@code version/kind}, with annotations in flow style or none. */
    static Path manifest(Path folder, String kind, String annotations, String spec)
            throws IOException {
        var slash = kind.lastIndexOf('/');
        var text =
                """
                apiVersion: %s
                kind: %s
                metadata: {name: fault, namespace: payment-gateway, annotations: {%s}}
                spec:
                %s\
                """
                        .formatted(
                                kind.substring(0, slash),
                                kind.substring(slash + 1),
                                annotations,
                                spec);
        return Files.writeString(folder.resolve("manifest.yaml"), text);
    }

    static String selector(String indent, Map<String, String> labels) {
        var text = new StringBuilder();
        text.append(indent).append("  selector:\n");
        text.append(indent).append("    namespaces: [payment-gateway, database, vault]\n");
        text.append(indent).append("    labelSelectors:\n");
        labels.forEach(
                (name, value) -> text.append("%s      %s: %s%n".formatted(indent, name, value)));
        return text.toString();
    }

    /** All parts of a component. */
    static String all(String component) {
        return "  mode: all\n" + selector("", Map.of("app.kubernetes.io/component", component));
    }
}
