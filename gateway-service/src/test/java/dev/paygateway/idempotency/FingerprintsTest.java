package dev.paygateway.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paygateway.payment.Claim;
import dev.paygateway.payment.Merchant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Goal: equal requests have equal fingerprints, other requests differ by field, and no fingerprint
 * gives a card away.
 *
 * <p>Method: one body, written in several ways.
 */
class FingerprintsTest {
    private static final Merchant MERCHANT = new Merchant("m_demo1", Merchant.Mode.TEST);
    private static final String BODY = "{\"a\":1,\"card\":{\"number\":\"4242\",\"cvc\":\"123\"}}";

    private final Fingerprints fingerprints = new Fingerprints(() -> new byte[32]);

    private Claim claim(String key, String body) {
        var object = (ObjectNode) new JsonMapper().readTree(body);
        return fingerprints.claim(MERCHANT, key, new Fingerprints.Request("POST", "/p", object));
    }

    private Map<String, String> of(String body) {
        return claim("key-1", body).fingerprint();
    }

    @Test
    void isTheSameInAnyOrderOfMembers() {
        assertThat(of("{\"card\":{\"cvc\":\"999\",\"number\":\"4242\"},\"a\":1,\"metadata\":{}}"))
                .isEqualTo(of(BODY));
    }

    @Test
    void differsInTheFieldThatDiffers() {
        var other = of(BODY.replace("4242", "4243"));
        assertThat(other.get("card")).isNotEqualTo(of(BODY).get("card"));
        assertThat(other.get("a")).isEqualTo(of(BODY).get("a"));
        assertThat(of(BODY)).containsOnlyKeys("method", "path", "a", "card");
    }

    @Test
    void doesNotShowThatTwoRequestsUseTheSameCard() {
        var one = claim("key-1", BODY).fingerprint();
        var two = claim("key-2", BODY).fingerprint();
        assertThat(one.get("card")).isNotEqualTo(two.get("card"));
        assertThat(one.toString()).doesNotContain("4242").doesNotContain("123\"");
    }

    @Test
    void leavesNoCopyOfTheKeyBehind() {
        var copies = new ArrayList<byte[]>();
        var watched =
                new Fingerprints(() -> {
                    var copy = new byte[32];
                    Arrays.fill(copy, (byte) 7);
                    copies.add(copy);
                    return copy;
                });
        var body = new JsonMapper().createObjectNode();
        watched.claim(MERCHANT, "key-1", new Fingerprints.Request("POST", "/p", body));
        assertThat(copies)
                .hasSizeGreaterThan(1)
                .allMatch(copy -> Arrays.equals(copy, new byte[32]));
    }

    @Test
    void refusesAKeyThatIsTooShort() {
        assertThatThrownBy(() -> new Fingerprints(() -> new byte[31]))
                .hasMessageContaining("31 bytes");
    }
}
