package dev.paygateway.chaos.lab;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether two independent Vaults are one to their users: the same configuration, read back from
 * each and not from the files; ciphertext of one opened by the other; and the fingerprint key
 * unwrapped to the same by both.
 */
final class VaultParity {
    private static final String PROBE = "parity";

    /** Where something that no file names would show. */
    private static final List<String> LISTS =
            List.of(
                    "sys/policies/acl",
                    "auth/approle/role",
                    "auth/token/roles",
                    "database/config",
                    "database/roles",
                    "identity/oidc/key",
                    "identity/oidc/role",
                    "members/roles",
                    "pki/roles",
                    "transit/keys");

    /** Made by each Vault for itself, or told to it alone; and what a key's age is told by. */
    private static final Set<String> OWN =
            Set.of("accessor", "uuid", "modified", "tls_certificate_key", "keys", "plugin_version");

    /**
     * One of the two.
     *
     * @param config the files as this region's Vault got them
     * @param own its own values, each with the name that stands for it in both
     */
    record Side(String region, VaultConfig config, Map<String, String> own, VaultClient vault) {}

    private final Side left;
    private final Side right;

    VaultParity(Side left, Side right) {
        this.left = left;
        this.right = right;
    }

    /** What differs, each by its name; empty when nothing does. */
    List<String> differences(String transitKey, String wrappedKey) {
        var found = new ArrayList<String>();
        configuration(found);
        ciphertext(found, transitKey);
        fingerprints(found, transitKey, wrappedKey);
        return List.copyOf(found);
    }

    private void configuration(List<String> found) {
        var here = configuration(left);
        var there = configuration(right);
        var paths = new TreeSet<>(here.keySet());
        paths.addAll(there.keySet());
        for (var path : paths) {
            compare(path, here.getOrDefault(path, "absent"), there.getOrDefault(path, "absent"))
                    .forEach(found::add);
        }
    }

    private Stream<String> compare(String path, String here, String there) {
        return here.equals(there)
                ? Stream.empty()
                : Stream.of(
                        "%s: %s has %s, %s has %s"
                                .formatted(path, left.region(), here, right.region(), there));
    }

    /** What a Vault says of every path that the files write, and of everything listed beside. */
    private static Map<String, String> configuration(Side side) {
        var said = new TreeMap<String, String>();
        var paths = new TreeSet<String>();
        side.config().paths().forEach(paths::add);
        for (var list : LISTS) {
            side.vault()
                    .find(list + "?list=true")
                    .ifPresent(answer ->
                            answer.path("data")
                                    .path("keys")
                                    .forEach(name -> paths.add(list + "/" + name.asString())));
        }
        for (var path : paths) {
            side.vault()
                    .find(path)
                    .ifPresent(answer -> flatten(side, path, answer.path("data"), said));
        }
        return said;
    }

    /** One line a value, so that a difference is named to the point. */
    private static void flatten(Side side, String path, JsonNode node, Map<String, String> into) {
        switch (node) {
            case ObjectNode object ->
                    object.properties().stream()
                            .filter(each -> !OWN.contains(each.getKey()))
                            .forEach(each ->
                                    flatten(
                                            side,
                                            path + "#" + each.getKey(),
                                            each.getValue(),
                                            into));
            case ArrayNode array -> into.put(path, neutral(side, array.toString()));
            default -> into.put(path, neutral(side, node.asString("")));
        }
    }

    private static String neutral(Side side, String text) {
        var neutral = text;
        for (var own : side.own().entrySet()) {
            neutral = neutral.replace(own.getKey(), own.getValue());
        }
        return neutral;
    }

    private void ciphertext(List<String> found, String transitKey) {
        opens(left, right, transitKey).forEach(found::add);
        opens(right, left, transitKey).forEach(found::add);
    }

    /** Whether one opens what the other closed. */
    static Stream<String> opens(Side closing, Side opening, String transitKey) {
        var plain = base64(PROBE.getBytes(StandardCharsets.UTF_8));
        var closed =
                closing.vault()
                        .write("transit/encrypt/" + transitKey, Map.of("plaintext", plain))
                        .path("data")
                        .path("ciphertext")
                        .asString();
        var opened = decrypted(opening, transitKey, closed);
        return opened.equals(plain)
                ? Stream.empty()
                : Stream.of(
                        "transit/keys/%s: %s does not open what %s closed"
                                .formatted(transitKey, opening.region(), closing.region()));
    }

    private void fingerprints(List<String> found, String transitKey, String wrappedKey) {
        compare(
                        "HMAC of a probe under the fingerprint key",
                        hmac(decrypted(left, transitKey, wrappedKey)),
                        hmac(decrypted(right, transitKey, wrappedKey)))
                .forEach(found::add);
    }

    /** Empty when that Vault cannot. */
    private static String decrypted(Side side, String transitKey, String ciphertext) {
        try {
            return side.vault()
                    .write("transit/decrypt/" + transitKey, Map.of("ciphertext", ciphertext))
                    .path("data")
                    .path("plaintext")
                    .asString("");
        } catch (LabFailure refused) {
            return "";
        }
    }

    private static String hmac(String key) {
        if (key.isEmpty()) {
            return "no such key";
        }
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
            var digest = mac.doFinal(PROBE.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
