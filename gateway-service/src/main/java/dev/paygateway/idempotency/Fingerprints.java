package dev.paygateway.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paygateway.payment.Claim;
import dev.paygateway.payment.Merchant;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells two requests under one idempotency key apart without keeping what they say: a keyed digest
 * for the method, the path and each top-level field of the body, its members in the order of their
 * names. {@code metadata} does not count, and a CVC enters in no form.
 *
 * <p>Merchant and key are part of every digest, so that equal cards do not show in the database.
 */
public final class Fingerprints {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_LENGTH_MIN = 32;
    private static final String IGNORED = "metadata";
    private static final String SECRET = "cvc";

    private final Lent key;

    /** Fails with {@link IllegalArgumentException} if the key is too short to protect anything. */
    public Fingerprints(FingerprintKey key) {
        var bytes = key.bytes();
        Arrays.fill(bytes, (byte) 0);
        if (bytes.length < KEY_LENGTH_MIN) {
            throw new IllegalArgumentException(
                    "the fingerprint key has %d bytes, it needs %d or more"
                            .formatted(bytes.length, KEY_LENGTH_MIN));
        }
        this.key = new Lent(key);
    }

    /** Gives each {@link Mac} a copy, which the JDK's overwrites as soon as it has read it. */
    @SuppressWarnings("serial") // never written anywhere
    private record Lent(FingerprintKey source) implements SecretKey {
        @Override
        public String getAlgorithm() {
            return ALGORITHM;
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        @Override
        public byte[] getEncoded() {
            return source.bytes();
        }
    }

    /** What was asked, apart from who asked under which key. */
    public record Request(String method, String path, ObjectNode body) {}

    /** The merchant's claim to the key, for this request and no other. */
    public Claim claim(Merchant merchant, String idempotencyKey, Request request) {
        var digests = new TreeMap<String, String>();
        var digest = new Digest(merchant, idempotencyKey);
        digests.put("method", digest.of("method", request.method()));
        digests.put("path", digest.of("path", request.path()));
        for (var field : request.body().properties()) {
            if (!field.getKey().equals(IGNORED)) {
                var value = canonical(field.getValue()).toString();
                digests.put(field.getKey(), digest.of("body." + field.getKey(), value));
            }
        }
        return new Claim(merchant, idempotencyKey, digests);
    }

    private static JsonNode canonical(JsonNode node) {
        if (node.isArray()) {
            var array = JsonNodeFactory.instance.arrayNode(node.size());
            node.forEach(element -> array.add(canonical(element)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        var sorted = new TreeMap<String, JsonNode>();
        node.properties().forEach(member -> sorted.put(member.getKey(), member.getValue()));
        sorted.remove(SECRET);
        var object = JsonNodeFactory.instance.objectNode();
        sorted.forEach((name, value) -> object.set(name, canonical(value)));
        return object;
    }

    private final class Digest {
        private final Mac mac;
        private final String scope;

        Digest(Merchant merchant, String idempotencyKey) {
            this.scope = String.join("\n", merchant.id(), merchant.mode().code(), idempotencyKey);
            try {
                mac = Mac.getInstance(ALGORITHM);
                mac.init(key);
            } catch (GeneralSecurityException absent) {
                throw new IllegalStateException("this JDK has no " + ALGORITHM, absent);
            }
        }

        String of(String field, String value) {
            var text = String.join("\n", scope, field, value);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
        }
    }
}
