package dev.paygateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiConsumer;
import tools.jackson.databind.json.JsonMapper;

/** Applies {@code terraform/modules/vault/config}, whose README states the format. */
record VaultFiles(Path folder, Map<String, String> values) {
    private static final JsonMapper JSON = new JsonMapper();

    VaultFiles {
        values = Map.copyOf(values);
    }

    /** Hands path and body of each write of one stage to {@code write}. */
    void apply(String stage, BiConsumer<String, Object> write) {
        var root = folder.resolve(stage);
        try (var tree = Files.walk(root)) {
            for (var file : tree.filter(Files::isRegularFile).sorted().toList()) {
                var name = root.relativize(file).toString();
                write.accept(name.substring(0, name.lastIndexOf('.')), body(file));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Object body(Path file) throws IOException {
        var text = Files.readString(file);
        if (file.toString().endsWith(".hcl")) {
            return Map.of("policy", text);
        }
        for (var value : values.entrySet()) {
            var quoted = JSON.writeValueAsString(value.getValue());
            var inside = quoted.substring(1, quoted.length() - 1);
            text = text.replace("${" + value.getKey() + "}", inside);
        }
        return JSON.readValue(text, Map.class);
    }
}
