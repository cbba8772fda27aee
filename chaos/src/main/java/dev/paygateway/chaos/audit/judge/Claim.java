package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Call.Outcome;
import dev.paygateway.chaos.audit.evidence.Row;
import dev.paygateway.chaos.audit.judge.Case.Client;
import java.util.List;
import java.util.Optional;

/**
 * All that the books hold about one idempotency key.
 *
 * @param calls every try, by the client's clock; empty if no history has the key
 * @param operation what the key started: of a payment, its first authorisation
 */
record Claim(
        String key,
        Call.Operation kind,
        List<Call> calls,
        Optional<Row.Key> row,
        Optional<Row.Operation> operation,
        Case facts) {

    boolean isPayment() {
        return kind == Call.Operation.PAY;
    }

    /** Whether a client was answered 2xx, once at least. */
    boolean wasAcknowledged() {
        return calls.stream()
                .map(Call::outcome)
                .anyMatch(outcome -> outcome == Outcome.OK || outcome == Outcome.ACK);
    }

    boolean wasRefused() {
        return facts.client() instanceof Client.Fail;
    }

    /** Whether it was done, and the last answer said that it was not. */
    boolean wasDenied() {
        return facts.client() instanceof Client.Ok(var denied) && denied;
    }

    boolean wasLeftUnanswered() {
        return facts.client() instanceof Client.Silence;
    }

    boolean isElsewhere() {
        return facts.client() instanceof Client.Elsewhere;
    }

    boolean breaks(Law law) {
        return facts.broken().contains(law);
    }
}
