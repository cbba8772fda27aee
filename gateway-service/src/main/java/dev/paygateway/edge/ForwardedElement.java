package dev.paygateway.edge;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one proxy says of the certificate that was shown to it.
 *
 * @param fields each key in lower case with its values, of which URI, DNS and By may have several
 */
record ForwardedElement(Map<String, List<String>> fields) {

    ForwardedElement {
        fields = Map.copyOf(fields);
    }

    List<String> all(String key) {
        return fields.getOrDefault(key.toLowerCase(Locale.ROOT), List.of());
    }

    /** The field's only value; none if it is absent or said twice. */
    Optional<String> only(String key) {
        var values = all(key);
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }
}
