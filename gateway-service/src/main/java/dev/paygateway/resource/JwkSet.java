package dev.paygateway.resource;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Public keys, as RFC 7517 has them; this module passes them on and reads none. */
record JwkSet(List<Map<String, Object>> keys) {
    private static final JsonMapper JSON = new JsonMapper();

    JwkSet {
        keys = List.copyOf(keys);
    }

    JwkSet and(JwkSet more) {
        return new JwkSet(Stream.concat(keys.stream(), more.keys.stream()).toList());
    }

    String json() {
        return JSON.writeValueAsString(this);
    }
}
