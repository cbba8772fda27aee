package dev.paygateway.edge;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of one JSON object in a request, read by type. Errors name the member by its path.
 */
final class Fields {
    private final ObjectNode object;
    private final String path;

    private Fields(ObjectNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /** The members of a body, of which only the named ones may be there. */
    static Fields of(ObjectNode body, List<String> known) {
        return new Fields(body, "").only(known);
    }

    private Fields only(List<String> known) {
        for (var name : object.propertyNames()) {
            if (!known.contains(name)) {
                throw Rejection.at(
                        place(shown(name)),
                        Code.UNKNOWN_FIELD,
                        "There is no such field, or it cannot be set; known here: %s."
                                .formatted(String.join(", ", known)));
            }
        }
        return this;
    }

    /** A field's name is the merchant's text: it is shown if it cannot be anything but a name. */
    private static String shown(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]{0,39}") ? name : "(unprintable)";
    }

    String place(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    boolean has(String name) {
        return object.has(name);
    }

    Fields fields(String name, List<String> known) {
        if (required(name) instanceof ObjectNode inner) {
            return new Fields(inner, place(name)).only(known);
        }
        throw wrongType(name, "an object");
    }

    String text(String name) {
        var node = required(name);
        if (!node.isString()) {
            throw wrongType(name, "a string");
        }
        return node.stringValue();
    }

    Optional<String> optionalText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /** An integer within bounds, both included. */
    long integer(String name, long least, long most) {
        var node = required(name);
        if (!node.isIntegralNumber()) {
            throw wrongType(name, "an integer: no fraction, no exponent, no string");
        }
        if (!node.canConvertToLong() || node.longValue() < least || node.longValue() > most) {
            throw invalid(name, "The value must be from %d to %d.".formatted(least, most));
        }
        return node.longValue();
    }

    OptionalLong optionalInteger(String name, long least, long most) {
        return has(name) ? OptionalLong.of(integer(name, least, most)) : OptionalLong.empty();
    }

    boolean flag(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        var node = required(name);
        if (!node.isBoolean()) {
            throw wrongType(name, "true or false");
        }
        return node.booleanValue();
    }

    /** An object whose members are all strings. */
    SortedMap<String, String> texts(String name) {
        var texts = new TreeMap<String, String>();
        if (!has(name)) {
            return texts;
        }
        if (!(required(name) instanceof ObjectNode inner)) {
            throw wrongType(name, "an object of strings");
        }
        for (var member : inner.properties()) {
            if (!member.getValue().isString()) {
                throw wrongType(name, "an object of strings, all of them");
            }
            texts.put(member.getKey(), member.getValue().stringValue());
        }
        return texts;
    }

    private JsonNode required(String name) {
        var node = object.get(name);
        if (node == null) {
            throw invalid(name, "The field is missing.");
        }
        return node;
    }

    private Rejection wrongType(String name, String type) {
        return invalid(name, "The field must be %s.".formatted(type));
    }

    Rejection invalid(String name, String detail) {
        return refusal(name, Code.INVALID_REQUEST, detail);
    }

    Rejection refusal(String name, Code code, String detail) {
        return Rejection.at(place(name), code, detail);
    }
}
