package dev.paygateway.acquirer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.payment.Operation.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goal: the acquirer is told all that it has to do.
 *
 * <p>Method: messages as they leave, read again.
 */
class MessagesTest {
    private static JsonNode message(Kind kind, boolean last) {
        var operation = Operations.of(kind, last, Operations.SEND_UNTIL, 0);
        return JsonMapper.shared().readTree(Messages.followUp(operation, "acct_m_1"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCaptureSaysWhetherTheRestMayBeFreed(boolean last) {
        var message = message(Kind.CAPTURE, last);
        assertThat(message.get("final").booleanValue()).isEqualTo(last);
        assertThat(message.get("amount").longValue()).isEqualTo(1_099);
        assertThat(message.get("original").stringValue()).isEqualTo("op_0");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"VOID", "REFUND", "REVERSE"})
    void nothingElseIsFinal(Kind kind) {
        assertThat(message(kind, true).has("final")).isFalse();
    }

    @Test
    void aVoidNamesNoAmount() {
        assertThat(message(Kind.VOID, true).has("amount")).isFalse();
    }
}
