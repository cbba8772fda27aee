package dev.paygateway.edge;

import java.io.StringWriter;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes JSON member by member, so that the order is what the code says. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int LENGTH_USUAL = 1_024;

    private Json() {}

    /** One object with the members that the function writes. */
    static String object(Consumer<JsonGenerator> members) {
        var text = new StringWriter(LENGTH_USUAL);
        try (var out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartObject();
            members.accept(out);
            out.writeEndObject();
        }
        return text.toString();
    }
}
