package dev.paygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** openapi.yaml as a judge: every answer must be one that it announces. */
final class Contract {
    private static final String BASE = "https://paygateway.dev/openapi.json";
    private static final String ANY_ADDRESS = "/x-any-address";
    private static final Set<String> SEEN = Collections.synchronizedSet(new TreeSet<>());
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();
    private static final JsonNode DOCUMENT = read();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    builder ->
                            builder.schemas(
                                    Map.of(BASE, new JsonMapper().writeValueAsString(DOCUMENT))));

    private Contract() {}

    private static JsonNode read() {
        try (var in = Contract.class.getResourceAsStream("/openapi.yaml")) {
            return new YAMLMapper().readTree(in);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Fails unless the document announces the answer, in every header and member. */
    static void hold(String method, String path, Client.Answer answer) {
        var operation = operation(method, path);
        var pointer = operation + "/responses/" + answer.status();
        var response = DOCUMENT.at(pointer);
        assertThat(response.isMissingNode())
                .as(
                        "%s %s answered %s, which is not documented: %s",
                        method, path, answer.status(), answer.body())
                .isFalse();
        if (response.has("$ref")) {
            pointer = response.get("$ref").stringValue().substring(1);
            response = DOCUMENT.at(pointer);
        }
        for (var header : response.path("headers").propertyNames()) {
            assertThat(answer.header(header)).as("%s of %s %s", header, method, path).isNotEmpty();
        }
        for (var type : response.path("content").propertyNames()) {
            assertThat(answer.header("Content-Type")).isEqualTo(type);
            if (type.endsWith("json")) {
                var schema = pointer + "/content/" + type.replace("/", "~1") + "/schema";
                assertThat(schema(schema).validate(answer.body(), InputFormat.JSON))
                        .as("%s %s answered %s", method, path, answer.body())
                        .isEmpty();
            }
        }
        SEEN.add(name(operation, answer));
    }

    private static String name(String operation, Client.Answer answer) {
        var code = answer.status() < 400 ? "" : " " + answer.text("/code");
        var id = DOCUMENT.at(operation).path("operationId").asString("any address");
        return id + " " + answer.status() + code;
    }

    private static Schema schema(String pointer) {
        return SCHEMAS.computeIfAbsent(
                pointer, at -> REGISTRY.getSchema(SchemaLocation.of(BASE + "#" + at)));
    }

    /** The pointer of the operation that serves the request, or of what serves the rest. */
    private static String operation(String method, String path) {
        var plain = path.replaceFirst("\\?.*", "");
        var verb = method.toLowerCase(java.util.Locale.ROOT);
        return DOCUMENT.get("paths").properties().stream()
                .filter(entry -> plain.matches(entry.getKey().replaceAll("\\{[a-z]+}", "[^/]+")))
                .filter(entry -> entry.getValue().has(verb))
                .map(entry -> "/paths/" + entry.getKey().replace("/", "~1") + "/" + verb)
                .sorted()
                .findFirst()
                .orElse(ANY_ADDRESS);
    }

    /** Everything that the document announces: operation, status and code. */
    static Set<String> announced() {
        var announced = new TreeSet<String>();
        for (var path : DOCUMENT.get("paths")) {
            for (var operation : path) {
                announce(operation.get("operationId").stringValue(), operation, announced);
            }
        }
        announce("any address", DOCUMENT.at(ANY_ADDRESS), announced);
        return announced;
    }

    private static void announce(String name, JsonNode operation, Set<String> announced) {
        for (var entry : operation.get("responses").properties()) {
            for (var code : codes(entry.getValue())) {
                announced.add((name + " " + entry.getKey() + " " + code).strip());
            }
        }
    }

    private static List<String> codes(JsonNode response) {
        var ref = response.path("$ref").asString("");
        var resolved = ref.isEmpty() ? response : DOCUMENT.at(ref.substring(1));
        var codes = new ArrayList<String>();
        resolved.at("/content/application~1problem+json/schema/allOf/1/properties/code/enum")
                .forEach(code -> codes.add(code.stringValue()));
        return codes.isEmpty() ? List.of("") : codes;
    }

    /** Everything that was answered so far. */
    static Set<String> seen() {
        return Set.copyOf(SEEN);
    }
}
