package dev.paygateway.chaos.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Vault's configuration as files, one a write; the format stands in {@code
 * terraform/modules/vault/config/README.md}.
 */
public final class VaultConfig {
    /** A lease may live so long (design.md): a longer one would outlive what rotation assumes. */
    static final Duration LEASE_MAX = Duration.ofHours(4);

    private static final List<String> STAGES = List.of("1-mounts", "2-roles", "3-database");
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern PLACE = Pattern.compile("\\$\\{([a-z_]+)}");
    private static final Pattern DURATION = Pattern.compile("(\\d+)([smhd]?)");

    private final Path folder;
    private final Map<String, String> values;

    public VaultConfig(Path folder, Map<String, String> values) {
        this.folder = folder;
        this.values = Map.copyOf(values);
    }

    /** The same files with more values. */
    public VaultConfig with(Map<String, String> more) {
        var all = new HashMap<>(values);
        all.putAll(more);
        return new VaultConfig(folder, all);
    }

    /** One write, as the files ask for it. */
    record Write(String path, JsonNode body) {}

    /** Writes every file of one stage; nothing is written unless all of them can be. */
    public void apply(String stage, VaultClient vault) {
        writes(stage).forEach(write -> vault.write(write.path(), write.body()));
    }

    /**
     * Vault's access to the database; its user's password is known to nobody else after that.
     *
     * @param user gives Vault's user in the database this password
     */
    public void connectDatabase(VaultClient vault, Consumer<String> user) {
        var password = Passwords.make();
        user.accept(password);
        var client = vault.issue("machinery", VaultServer.NAME, Map.of());
        with(Map.of(
                        "database_admin_password",
                        password,
                        "database_client",
                        client.certificate() + client.key()))
                .apply("3-database", vault);
        vault.write("database/rotate-root/gateway", Map.of());
    }

    /** Every path that is written, whatever its stage. */
    List<String> paths() {
        return STAGES.stream()
                .flatMap(stage -> files(stage).map(file -> path(stage, file)))
                .toList();
    }

    private Stream<Path> files(String stage) {
        var root = folder.resolve(stage);
        try (var tree = Files.walk(root)) {
            return tree.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException unreadable) {
            throw Commands.disk("cannot read Vault's configuration " + root, unreadable);
        }
    }

    private String path(String stage, Path file) {
        var name = folder.resolve(stage).relativize(file).toString();
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    List<Write> writes(String stage) {
        return files(stage).map(file -> write(path(stage, file), file)).toList();
    }

    private Write write(String path, Path file) {
        var name = file.toString();
        var text = Folders.read(file);
        if (name.endsWith(".hcl")) {
            return new Write(path, JSON.createObjectNode().put("policy", text));
        }
        if (!name.endsWith(".json")) {
            throw LabFailure.failed(file + ": neither .json nor .hcl; a file here is one write");
        }
        var body = filled(parsed(file, text), file);
        requireShortLease(path, body, file);
        return new Write(path, body);
    }

    private static JsonNode parsed(Path file, String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException broken) {
            throw LabFailure.failed(file + " is no JSON: " + broken.getOriginalMessage(), broken);
        }
    }

    private JsonNode filled(JsonNode node, Path file) {
        return switch (node) {
            case ObjectNode object -> {
                var filled = JSON.createObjectNode();
                object.properties()
                        .forEach(e -> filled.set(e.getKey(), filled(e.getValue(), file)));
                yield filled;
            }
            case ArrayNode array -> {
                var filled = JSON.createArrayNode();
                array.forEach(each -> filled.add(filled(each, file)));
                yield filled;
            }
            default -> node.isString() ? JSON.valueToTree(filled(node.asString(), file)) : node;
        };
    }

    private String filled(String text, Path file) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(value(place.group(1), file)));
    }

    private String value(String name, Path file) {
        var value = values.get(name);
        if (value == null) {
            throw LabFailure.failed(
                    "%s: no value is called ${%s}; known are %s"
                            .formatted(file, name, values.keySet().stream().sorted().toList()));
        }
        return value;
    }

    private static void requireShortLease(String path, JsonNode body, Path file) {
        if (!path.matches("[^/]*database[^/]*/roles/.*")) {
            return;
        }
        var given = body.path("max_ttl").asString("");
        var parsed = DURATION.matcher(given);
        if (!parsed.matches() || seconds(parsed) < 1 || seconds(parsed) > LEASE_MAX.toSeconds()) {
            throw LabFailure.failed(
                    "%s: max_ttl is %s; a database role needs one of 1s to %dh"
                            .formatted(
                                    file,
                                    given.isEmpty() ? "missing" : '"' + given + '"',
                                    LEASE_MAX.toHours()));
        }
    }

    private static long seconds(Matcher duration) {
        var count = Long.parseLong(duration.group(1));
        return switch (duration.group(2)) {
            case "d" -> Math.multiplyExact(count, Duration.ofDays(1).toSeconds());
            case "h" -> Math.multiplyExact(count, Duration.ofHours(1).toSeconds());
            case "m" -> Math.multiplyExact(count, Duration.ofMinutes(1).toSeconds());
            default -> count;
        };
    }
}
