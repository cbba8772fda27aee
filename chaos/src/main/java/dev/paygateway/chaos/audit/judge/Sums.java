package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.PaymentStatus;
import dev.paygateway.chaos.audit.evidence.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A payment's row against the sums of the books. A reversal of captured money may stand in the row
 * as a refund of it, or as if nothing had ever been captured: both come to the same money.
 */
record Sums(Row.Payment payment, Examination examination) {
    List<String> problems() {
        var problems = new ArrayList<String>();
        var amounts = payment.amounts();
        var captured = live(Charge::captured);
        var refunded = live(Charge::refunded);
        var undone = sum(Charge::captured) - captured;
        var bookedAsRefund = amounts.captured() - captured;
        if (bookedAsRefund < 0 || bookedAsRefund > undone) {
            problems.add(differ("captured", amounts.captured(), captured));
        }
        if (amounts.refunded() - refunded != Math.max(bookedAsRefund, 0)) {
            problems.add(differ("refunded", amounts.refunded(), refunded));
        }
        var held = sum(Charge::held) + Math.max(bookedAsRefund, 0);
        var lapsed = mayHaveLapsed() && amounts.authorized() < held;
        if (amounts.authorized() != held && !lapsed) {
            problems.add(differ("authorized", amounts.authorized(), held));
        }
        return problems;
    }

    /** Time alone gives up what is held without a line in the books. */
    private boolean mayHaveLapsed() {
        return payment.status() == PaymentStatus.EXPIRED;
    }

    private long live(ToLongFunction<Charge> amount) {
        return examination.charges().stream()
                .filter(charge -> !charge.undone())
                .mapToLong(amount)
                .sum();
    }

    private long sum(ToLongFunction<Charge> amount) {
        return examination.charges().stream().mapToLong(amount).sum();
    }

    private String differ(String what, long ours, long theirs) {
        return "%s %s: the row has %d, the books come to %d"
                .formatted(payment.payment(), what, ours, theirs);
    }
}
