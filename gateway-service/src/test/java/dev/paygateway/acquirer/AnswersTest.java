package dev.paygateway.acquirer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.Operation.Kind;
import dev.paygateway.payment.OperationId;
import dev.paygateway.payment.Outcome;
import dev.paygateway.payment.Payment.CardSummary;
import dev.paygateway.payment.PaymentId;
import java.time.Instant;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: no answer of a lying or broken acquirer becomes an approval, and no silence a refusal.
 *
 * <p>Method: one row an answer; an honest approval is the control.
 */
class AnswersTest {
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private static final CardSummary CARD = new CardSummary("visa", "424242", "4242", 12, 2030);
    private static final String HONEST =
            """
            {"reference":"op_1","merchant_account":"acct_m_1","status":"approved","amount":1099,
             "currency":"EUR","captured":true,"acquirer_reference":"am_1","network_code":"00"}
            """;

    private final Answers answers = new Answers("acct_");

    private static Operation operation(Kind kind) {
        var order =
                new Operation.Order(
                        new PaymentId("pay_1"),
                        new Merchant("m_1", Merchant.Mode.TEST),
                        kind,
                        Optional.empty(),
                        Money.ofMinor(CurrencyUnit.EUR, 1_099),
                        false,
                        Optional.empty(),
                        Optional.of(new OperationId("op_0")),
                        "amber",
                        Optional.of("key"),
                        "req",
                        NOW.plusSeconds(8),
                        NOW);
        return new Operation(
                new OperationId("op_1"),
                order,
                Operation.State.SENT,
                Optional.empty(),
                Optional.empty(),
                new Operation.Watch(Optional.empty(), 0, 0),
                0,
                NOW);
    }

    private Outcome outcome(int status, String body) {
        return answers.outcome(
                new Exchange.Answered(status, body), operation(Kind.AUTHORIZE), CARD);
    }

    @Test
    void believesAnHonestApproval() {
        assertThat(outcome(200, HONEST))
                .isEqualTo(
                        new Outcome.Approved(
                                "am_1", Money.ofMinor(CurrencyUnit.EUR, 1_099), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "1099, 1098",
        "1099, 109900",
        "1099, -1099",
        "1099, null",
        "EUR, USD",
        "EUR, eur",
        "EUR, EURO",
        "acct_m_1, acct_m_2",
        "acct_m_1, 'acct_m_1 '",
        "acct_m_1, ''",
    })
    void sendsContradictionsToPeople(String honest, String lie) {
        assertThat(outcome(200, HONEST.replace(honest, lie)))
                .isInstanceOf(Outcome.Contradicted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "7",
                "\"approved\"",
                "<html>approved</html>",
                "{",
                "{}",
                "{\"status\":\"approved\"}",
                "{\"reference\":\"op_1\"}",
                "{\"reference\":\"op_2\",\"status\":\"approved\"}",
                "{\"reference\":\"op_1\",\"status\":\"APPROVED\"}",
                "{\"reference\":\"op_1\",\"status\":\"ok\"}",
                "{\"reference\":\"op_1\",\"status\":\"pending\"}",
                "{\"reference\":\"op_1\",\"status\":[\"approved\"]}",
                "{\"reference\":\"op_1\",\"status\":\"approved\",\"amount\":1099.5}",
                "{\"reference\":\"op_1\",\"status\":\"approved\",\"amount\":\"many\"}",
                "{\"reference\":\"op_1\",\"status\":\"approved\",\"amount\":99999999999999999999}",
            })
    void takesWhatItCannotReadForSilence(String body) {
        assertThat(outcome(200, body)).isInstanceOf(Outcome.Silent.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>400</html>",
                "{}",
                "{\"reference\":\"op_2\",\"status\":\"error\"}"
            })
    void takesABadRequestThatAnybodyMayHaveCalledSoForSilence(String body) {
        assertThat(outcome(400, body)).isInstanceOf(Outcome.Silent.class);
    }

    @Test
    void sendsABadRequestUnderOurReferenceToPeople() {
        assertThat(outcome(400, "{\"reference\":\"op_1\",\"status\":\"error\"}"))
                .isInstanceOf(Outcome.Contradicted.class);
    }

    @Test
    void doesNotBelieveAnApprovalWithoutTheAcquirersReference() {
        assertThat(outcome(200, HONEST.replace("acquirer_reference", "x")))
                .isInstanceOf(Outcome.Silent.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 301, 401, 403, 408, 409, 429, 500, 502, 503, 504})
    void takesOtherStatusesForSilence(int status) {
        assertThat(outcome(status, HONEST)).isInstanceOf(Outcome.Silent.class);
    }

    @ParameterizedTest
    @CsvSource({
        "declined, Refused",
        "rejected, Refused",
        "not_processed, Refused",
        "not_found, NotFound",
        "reversed, Undone",
        "tombstoned, Undone",
        "returned, Returned",
    })
    void readsEveryStatus(String status, String outcome) {
        var body = "{\"reference\":\"op_1\",\"status\":\"%s\"}".formatted(status);
        assertThat(outcome(200, body).getClass().getSimpleName()).isEqualTo(outcome);
    }

    /** A digest in hexadecimal has 13 digits in a row once in 50: it is no card number. */
    @ParameterizedTest
    @CsvSource({
        "am_1, am_1",
        "8816178952380553, 8816178952380553",
        "am_12345678901234567890ab, am_12345678901234567890ab",
        "4242424242424242, card",
        "x4242424242424242y, xcardy",
        "14242424242424242, 1card",
        "a b, a_b",
        "<b>, _b_",
        "\u0661, _",
        "'', ''",
    })
    void keepsTheAcquirersReferenceWithoutTheCard(String reference, String kept) {
        var outcome = outcome(200, HONEST.replace("am_1", reference));
        assertThat(((Outcome.Approved) outcome).acquirerReference()).isEqualTo(kept);
    }

    @Test
    void keepsTheBeginningOfALongReference() {
        var outcome = outcome(200, HONEST.replace("am_1", "r".repeat(5_000)));
        assertThat(((Outcome.Approved) outcome).acquirerReference()).isEqualTo("r".repeat(100));
    }

    @Test
    void makesForeignCodesSafe() {
        var body =
                """
                {"reference":"op_1","status":"declined","decline_code":"<script>'; DROP\\r\\n"}
                """;
        assertThat(((Outcome.Refused) outcome(200, body)).decline().code())
                .matches("[a-z0-9_]{1,40}");
    }

    @Test
    void keepsTheWiresOwnProof() {
        var operation = operation(Kind.CAPTURE);
        assertThat(answers.outcome(new Exchange.Unsent("refused"), operation, CARD))
                .isInstanceOf(Outcome.Unsent.class);
        assertThat(answers.outcome(new Exchange.Silent("reset"), operation, CARD))
                .isInstanceOf(Outcome.Silent.class);
    }
}
