package dev.paygateway.acquirer;

import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.Operation.Kind;
import dev.paygateway.payment.OperationId;
import dev.paygateway.payment.PaymentId;
import java.time.Instant;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** The operation {@code op_1}, sent and not answered yet, as the tests of this package need it. */
final class Operations {
    static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    static final Instant SEND_UNTIL = NOW.plusSeconds(8);

    private Operations() {}

    static Operation of(Kind kind) {
        return of(kind, false, SEND_UNTIL, 0);
    }

    /**
     * One that differs in more.
     *
     * @param fence above 0: recovery has had it
     */
    static Operation of(Kind kind, boolean last, Instant sendUntil, long fence) {
        var order =
                new Operation.Order(
                        new PaymentId("pay_1"),
                        new Merchant("m_1", Merchant.Mode.TEST),
                        kind,
                        Optional.empty(),
                        Money.ofMinor(CurrencyUnit.EUR, 1_099),
                        last,
                        Optional.empty(),
                        Optional.of(new OperationId("op_0")),
                        "amber",
                        Optional.of("key"),
                        "req",
                        sendUntil,
                        NOW);
        return new Operation(
                new OperationId("op_1"),
                order,
                Operation.State.SENT,
                Optional.empty(),
                Optional.empty(),
                new Operation.Watch(Optional.empty(), 0, 0),
                fence,
                NOW);
    }
}
