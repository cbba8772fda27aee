package dev.paygateway.chaos.image;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The bill of materials (CycloneDX): Maven's, and what Maven does not see, the runtime and the
 * files of a base that was made here.
 */
final class Inventory {
    private static final JsonMapper JSON = new JsonMapper();

    private Inventory() {}

    static void write(Path mavens, Staged staged) throws IOException {
        var bill = (ObjectNode) JSON.readTree(mavens.toFile());
        var components = (ArrayNode) bill.get("components");
        var release = new Properties();
        release.load(new StringReader(Files.readString(staged.runtime().resolve("release"))));
        components
                .addObject()
                .put("type", "platform")
                .put("name", value(release, "IMPLEMENTOR") + " OpenJDK")
                .put("version", value(release, "JAVA_RUNTIME_VERSION"));
        try (var files = Files.walk(staged.base())) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var component = components.addObject();
                component.put("type", "file").put("name", "/" + staged.base().relativize(file));
                component
                        .putArray("hashes")
                        .addObject()
                        .put("alg", "SHA-256")
                        .put("content", Digests.of(List.of(file)));
            }
        }
        Files.writeString(
                staged.inventory(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(bill));
    }

    private static String value(Properties release, String name) {
        return release.getProperty(name, "unknown").replace("\"", "");
    }
}
