package dev.paygateway.edge;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads one JSON object in UTF-8, and nothing that another parser could read differently. */
final class StrictJson {
    private static final int DEPTH_MAX = 16;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH_MAX)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private StrictJson() {}

    /** The object; fails with 400. */
    static ObjectNode parse(byte[] body) {
        try {
            if (MAPPER.readTree(text(body)) instanceof ObjectNode object) {
                return object;
            }
            throw invalid("The body is not a JSON object; send { ... }.");
        } catch (CharacterCodingException notUtf8) {
            throw invalid("The body is not UTF-8.");
        } catch (StreamConstraintsException beyond) {
            throw invalid(
                    "The body is nested deeper than %d levels, or a number in it is too long."
                            .formatted(DEPTH_MAX));
        } catch (JacksonException broken) {
            var place = broken.getLocation();
            throw invalid(
                    "The body is not JSON with each member once; see line %d, column %d."
                            .formatted(place.getLineNr(), place.getColumnNr()));
        }
    }

    private static String text(byte[] body) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    }

    private static Rejection invalid(String detail) {
        return Rejection.of(Code.INVALID_JSON, detail);
    }
}
