package dev.paygateway.chaos.load;

import dev.paygateway.client.Attempt;
import dev.paygateway.client.Exchange;
import dev.paygateway.client.ExchangeListener;
import dev.paygateway.client.Money;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes one call into the history, every HTTP request of it, and remembers how it went. */
final class Scribe implements ExchangeListener {
    private final History history;
    private final int process;
    private final Intent intent;

    private long call;
    private int acknowledgements;
    private boolean unknownSeen;
    private boolean firstTryFailed;
    private @Nullable String finalDigest;

    Scribe(History history, int process, Intent intent) {
        this.history = history;
        this.process = process;
        this.intent = intent;
    }

    /** Answers 200, 201 and 202 to money requests of this call. */
    int acknowledgements() {
        return acknowledgements;
    }

    /** Some answer of this call left open what happened. */
    boolean unknownSeen() {
        return unknownSeen;
    }

    /** The first request was neither accepted nor refused. */
    boolean firstTryFailed() {
        return firstTryFailed;
    }

    /** SHA-256 of the last final answer (201 or 402) to a money request. */
    Optional<String> finalDigest() {
        return Optional.ofNullable(finalDigest);
    }

    @Override
    public void sending(Attempt attempt) {
        call = history.nextCall();
        var line = common("invoke", attempt);
        line.put("merchant", intent.merchant())
                .put("payment", attempt.paymentId().orElse(null))
                .put("reference", intent.reference().orElse(null))
                .put("currency", intent.amount().map(Money::currency).orElse(null))
                .put("card", intent.card().orElse(null))
                .put("capture", intent.capture().orElse(null))
                .put("attempt", attempt.number())
                .put("target", attempt.address().toString())
                .put(
                        "body_sha256",
                        Digest.of(attempt.bodyWithoutCard().getBytes(StandardCharsets.UTF_8)));
        line.put("amount", intent.amount().map(Money::value).orElse(null));
        history.write(line);
    }

    @Override
    public void ended(Attempt attempt, Exchange exchange) {
        var seen = Seen.of(exchange);
        var line = common(seen.type().word(), attempt);
        seen.describe(line, attempt.paymentId());
        history.write(line);
        remember(attempt, exchange, seen);
    }

    private void remember(Attempt attempt, Exchange exchange, Seen seen) {
        boolean moves = attempt.purpose() != Attempt.Purpose.GET;
        boolean taken = seen.type() == Seen.Type.OK || seen.type() == Seen.Type.ACK;
        acknowledgements += moves && taken ? 1 : 0;
        unknownSeen |= seen.type() == Seen.Type.INFO || seen.undecided();
        firstTryFailed |= attempt.number() == 1 && seen.type() == Seen.Type.INFO;
        boolean lasting = moves && (seen.http() == 201 || seen.http() == 402);
        if (lasting && exchange instanceof Exchange.Answered answer) {
            finalDigest = Digest.of(answer.body());
        }
    }

    private ObjectNode common(String type, Attempt attempt) {
        return History.stamp(History.line(type).put("call", call).put("process", process))
                .put("op", attempt.purpose().name().toLowerCase(Locale.ROOT))
                .put("key", attempt.key().map(Object::toString).orElse(null));
    }
}
