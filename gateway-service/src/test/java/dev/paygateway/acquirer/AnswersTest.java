package dev.paygateway.acquirer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.payment.Decline;
import dev.paygateway.payment.Operation.Kind;
import dev.paygateway.payment.Outcome;
import dev.paygateway.payment.Payment.CardSummary;
import java.util.List;
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
    private static final CardSummary CARD = new CardSummary("visa", "424242", "4242", 12, 2030);
    private static final String HONEST =
            """
            {"reference":"op_1","merchant_account":"acct_m_1","status":"approved","amount":1099,
             "currency":"EUR","captured":true,"acquirer_reference":"am_1","network_code":"00"}
            """;

    private final Answers answers = new Answers("acct_");

    private Outcome outcome(int status, String body) {
        return answers.outcome(
                new Exchange.Answered(status, body), Operations.of(Kind.AUTHORIZE), CARD);
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
        "4242-4242-4242-4242, card",
        "ref:4242.4242_4242:4242., ref:card.",
        "'4242 4242  42424242', card",
        "4-2-4-2-4-2-4-2-4-2-4-2-4-2-4-2, card",
        "4242\u20114242\u20114242\u20114242, card",
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

    @ParameterizedTest
    @CsvSource({
        "insufficient_funds, insufficient_funds, RETRY_LATER",
        "Insufficient Funds, insufficient_funds, RETRY_LATER",
        "incorrect_cvc, incorrect_cvc, FIX_DATA",
        "fraud_suspected, fraud_suspected, DO_NOT_RETRY",
        "velocity_exceeded, velocity_exceeded, OTHER_METHOD",
        "tombstoned, tombstoned, DO_NOT_RETRY",
        "do_not_honor, generic_decline, OTHER_METHOD",
        "4242424242424242, generic_decline, OTHER_METHOD",
        "card 4242424242424242 refused, generic_decline, OTHER_METHOD",
        "card 4242-4242-4242-4242 refused, generic_decline, OTHER_METHOD",
        "<script>'; DROP, generic_decline, OTHER_METHOD",
        "'', generic_decline, OTHER_METHOD",
    })
    void declinesInWordsOfOurOwnAlone(String said, String code, Decline.Advice advice) {
        for (var member : List.of("decline_code", "reason")) {
            var body =
                    "{\"reference\":\"op_1\",\"status\":\"declined\",\"%s\":\"%s\"}"
                            .formatted(member, said);
            assertThat(((Outcome.Refused) outcome(200, body)).decline())
                    .isEqualTo(new Decline(code, Optional.empty(), advice));
        }
    }

    /** Whatever an outcome holds may be stored, shown or logged. */
    @ParameterizedTest
    @CsvSource({
        "approved, 4242424242424242",
        "approved, 4242 4242 4242 4242",
        "am_1, 4242424242424242",
        "am_1, 4242-4242-4242-4242",
        "1099, 4242424242424242",
        "EUR, 4242424242424242",
        "EUR, 4242.4242.4242.4242",
        "00, 4242424242424242",
        "acct_m_1, 4242424242424242",
        "op_1, 4242424242424242",
    })
    void saysNothingOfTheCard(String honest, String echo) {
        assertThat(outcome(200, HONEST.replace(honest, echo)).toString().replaceAll("[^0-9]", ""))
                .doesNotContain("4242424242424242");
    }

    @Test
    void keepsTheWiresOwnProof() {
        var operation = Operations.of(Kind.CAPTURE);
        assertThat(answers.outcome(new Exchange.Unsent("refused"), operation, CARD))
                .isInstanceOf(Outcome.Unsent.class);
        assertThat(answers.outcome(new Exchange.Silent("reset"), operation, CARD))
                .isInstanceOf(Outcome.Silent.class);
    }
}
