package dev.paygateway.store;

import dev.paygateway.payment.Amounts;
import dev.paygateway.payment.Answer;
import dev.paygateway.payment.Claim;
import dev.paygateway.payment.Decision;
import dev.paygateway.payment.Decline;
import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.OperationId;
import dev.paygateway.payment.Payment;
import dev.paygateway.payment.PaymentId;
import dev.paygateway.payment.Rendering;
import dev.paygateway.payment.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Decisions as the payment package makes them, each with ids of its own. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-11-24T10:00:00.123Z");
    static final CurrencyUnit EUR = CurrencyUnit.of("EUR");

    private static final AtomicLong NUMBERS = new AtomicLong();

    private Samples() {}

    /** Never the same text twice. */
    static String fresh(String prefix) {
        return prefix + "e%032x".formatted(NUMBERS.incrementAndGet());
    }

    static Merchant merchant() {
        return new Merchant(fresh("m_"), Merchant.Mode.TEST);
    }

    static Money eur(long minor) {
        return Money.ofMinor(EUR, minor);
    }

    /** Says which version of which payment it shows, in characters of every length. */
    static final class Words implements Rendering {
        @Override
        public String snapshot(Payment payment) {
            return "{\"id\":\"%s\",\"version\":%d,\"shop\":\"caf\u00e9 \ud83d\ude00\"}"
                    .formatted(payment.id(), payment.version());
        }

        @Override
        public Answer answer(Payment payment, Operation operation) {
            return new Answer(
                    payment.status() == Status.DECLINED ? 402 : 201,
                    "{\"operation\":\"%s\",\"shop\":\"caf\u00e9\"} ".formatted(operation.id()));
        }
    }

    static Decision pay(Merchant merchant, String key) {
        return pay(merchant, key, fresh("order-"), true);
    }

    static Decision pay(Merchant merchant, String key, String reference, boolean isUnique) {
        var id = new PaymentId(fresh("pay_"));
        var operation = new OperationId(fresh("op_"));
        var terms =
                new Payment.Terms(
                        merchant,
                        reference,
                        isUnique,
                        Payment.CaptureMode.AUTOMATIC,
                        eur(1_099),
                        new Payment.CardSummary("visa", "424242", "4242", 12, 2030),
                        "east",
                        key,
                        Map.of("cart", "7 \u00e9", "note", "\"quoted\" "),
                        Payment.OnUnknown.WAIT,
                        NOW.plusSeconds(900),
                        NOW);
        var payment =
                new Payment(
                        id,
                        terms,
                        Status.PROCESSING,
                        Amounts.none(EUR),
                        new Payment.Route("amber", operation),
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        NOW);
        return new Decision(
                Optional.of(claim(merchant, key)),
                Optional.empty(),
                payment,
                List.of(),
                Optional.of(started(operation, payment, Operation.Kind.AUTHORIZE, key)),
                new Decision.Event(fresh("evt_"), "payment.processing", operation),
                Optional.empty());
    }

    static Claim claim(Merchant merchant, String key) {
        return new Claim(merchant, key, Map.of("amount", "d1", "path", "d2"));
    }

    private static Operation started(
            OperationId id, Payment payment, Operation.Kind kind, String key) {
        var order =
                new Operation.Order(
                        payment.id(),
                        payment.terms().merchant(),
                        kind,
                        kind == Operation.Kind.AUTHORIZE
                                ? Optional.empty()
                                : Optional.of(fresh("ref_")),
                        kind == Operation.Kind.AUTHORIZE ? eur(1_099) : eur(400),
                        false,
                        Optional.of("because \u00e9 "),
                        Optional.of(payment.route().authorization())
                                .filter(_ -> kind != Operation.Kind.AUTHORIZE),
                        "amber",
                        Optional.of(key),
                        "req-1",
                        NOW.plusSeconds(8),
                        NOW);
        return new Operation(
                id,
                order,
                Operation.State.SENT,
                Optional.empty(),
                Optional.empty(),
                new Operation.Watch(Optional.of(NOW.plusSeconds(8)), 0, 0),
                0,
                NOW);
    }

    /** The authorisation ended well: all of it is captured, and the merchant is answered. */
    static Decision captured(Payment before, Operation operation) {
        var all = before.terms().asked();
        var none = Money.zero(EUR);
        var after = changed(before, Status.CAPTURED, new Amounts(all, all, none, none, none));
        var ended = ended(operation, Operation.State.SUCCEEDED, Optional.empty());
        return settled(before, after, ended);
    }

    /** The issuer refused: the payment is void. */
    static Decision declined(Payment before, Operation operation) {
        var decline =
                new Decline("insufficient_funds", Optional.of("51"), Decline.Advice.OTHER_METHOD);
        var after = changed(before, Status.DECLINED, before.amounts());
        return settled(
                before,
                new Payment(
                        after.id(),
                        after.terms(),
                        after.status(),
                        after.amounts(),
                        after.route(),
                        after.openOperation(),
                        Optional.of(decline),
                        after.version(),
                        after.updatedAt()),
                ended(operation, Operation.State.DECLINED, Optional.of(decline)));
    }

    /** A refund of 4.00 begins. */
    static Decision refund(Payment before, String key) {
        var amounts = before.amounts();
        var reserved =
                new Amounts(
                        amounts.authorized(),
                        amounts.captured(),
                        amounts.capturePending(),
                        amounts.refunded(),
                        amounts.refundPending().plus(eur(400)));
        var operation = started(new OperationId(fresh("op_")), before, Operation.Kind.REFUND, key);
        return new Decision(
                Optional.of(claim(before.terms().merchant(), key)),
                Optional.of(before),
                changed(before, before.status(), reserved),
                List.of(),
                Optional.of(operation),
                new Decision.Event(fresh("evt_"), "refund.sent", operation.id()),
                Optional.empty());
    }

    private static Decision settled(Payment before, Payment after, Operation ended) {
        return new Decision(
                Optional.empty(),
                Optional.of(before),
                after,
                List.of(ended),
                Optional.empty(),
                new Decision.Event(fresh("evt_"), "payment." + after.status().code(), ended.id()),
                Optional.of(ended));
    }

    static Payment changed(Payment before, Status status, Amounts amounts) {
        return new Payment(
                before.id(),
                before.terms(),
                status,
                amounts,
                before.route(),
                before.openOperation(),
                before.decline(),
                before.version() + 1,
                NOW.plusSeconds(1));
    }

    static Operation ended(Operation operation, Operation.State state, Optional<Decline> decline) {
        return new Operation(
                operation.id(),
                operation.order(),
                state,
                Optional.of("am_1 \u00e9"),
                decline,
                new Operation.Watch(Optional.empty(), 1, 1),
                operation.fence(),
                NOW.plusSeconds(1));
    }
}
