package dev.paygateway.acquirer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.Operation.Kind;
import dev.paygateway.payment.OperationId;
import dev.paygateway.payment.PaymentId;
import java.time.Instant;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
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
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    private static JsonNode message(Kind kind, boolean last) {
        var order =
                new Operation.Order(
                        new PaymentId("pay_1"),
                        new Merchant("m_1", Merchant.Mode.TEST),
                        kind,
                        Optional.empty(),
                        Money.ofMinor(CurrencyUnit.EUR, 60),
                        last,
                        Optional.empty(),
                        Optional.of(new OperationId("op_0")),
                        "amber",
                        Optional.of("key"),
                        "req",
                        NOW.plusSeconds(8),
                        NOW);
        var operation =
                new Operation(
                        new OperationId("op_1"),
                        order,
                        Operation.State.SENT,
                        Optional.empty(),
                        Optional.empty(),
                        new Operation.Watch(Optional.empty(), 0, 0),
                        0,
                        NOW);
        return JsonMapper.shared().readTree(Messages.followUp(operation, "acct_m_1"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCaptureSaysWhetherTheRestMayBeFreed(boolean last) {
        var message = message(Kind.CAPTURE, last);
        assertThat(message.get("final").booleanValue()).isEqualTo(last);
        assertThat(message.get("amount").longValue()).isEqualTo(60);
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
