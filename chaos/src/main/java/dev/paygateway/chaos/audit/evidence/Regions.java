package dev.paygateway.chaos.audit.evidence;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The regions of the system, and which of them answered a call: the answer tells it, or the address
 * that was called does.
 *
 * @param addresses of the gateway, by region; empty for a system that has but one
 */
public record Regions(Map<String, Set<String>> addresses) {
    public static final Regions ONE = new Regions(Map.of());

    public Regions {
        addresses =
                addresses.entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey, entry -> bare(entry.getValue())));
    }

    private static Set<String> bare(Set<String> addresses) {
        return addresses.stream().map(Regions::bare).collect(Collectors.toUnmodifiableSet());
    }

    private static String bare(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    public Set<String> names() {
        return addresses.keySet();
    }

    /** Where the call was answered; nothing if it was not, or nobody knows. */
    public Optional<String> answering(Call call) {
        return call.answer().flatMap(answer -> answer.region().or(() -> asked(call)));
    }

    /** Whose address was called; nothing if it is no region's own, as a name for all of them. */
    public Optional<String> asked(Call call) {
        return call.asked()
                .target()
                .map(Regions::bare)
                .flatMap(target ->
                        addresses.entrySet().stream()
                                .filter(entry -> entry.getValue().contains(target))
                                .map(Map.Entry::getKey)
                                .findFirst());
    }
}
