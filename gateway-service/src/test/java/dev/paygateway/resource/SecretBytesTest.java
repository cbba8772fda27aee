package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/**
 * Goal: a key is in memory no longer than its owner wants it there.
 *
 * <p>Method: the very array is looked at before and after the end.
 */
class SecretBytesTest {
    private final Holdings holdings = new Holdings();
    private final byte[] key = {1, 2, 3};

    @Test
    void isHeldUntilItIsClosedAndOverwrittenThen() {
        try (var secret = new SecretBytes(holdings, "key", key)) {
            assertThat(holdings.count(Kind.MEMORY)).isEqualTo(1);
            assertThat(secret.copy()).containsExactly(1, 2, 3).isNotSameAs(key);
        }
        assertThat(key).containsOnly(0);
        assertThat(holdings.lines()).isEmpty();
    }

    @Test
    @SuppressWarnings("try") // closed early: what it gives then is the question
    void givesNoZerosForAKey() {
        try (var secret = new SecretBytes(holdings, "key", key)) {
            secret.close();
            assertThatThrownBy(secret::copy).hasMessage("the key is gone");
        }
    }
}
