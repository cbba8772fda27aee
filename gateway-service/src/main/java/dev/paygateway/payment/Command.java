package dev.paygateway.payment;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;

/** What a merchant asks for. */
public sealed interface Command {
    /** The key under which it is asked. */
    Claim claim();

    /** The request that asks, for logs and stored answers. */
    String requestId();

    /**
     * A new payment.
     *
     * @param unknownAfter how long after its start an approval found late is still kept
     */
    record Pay(
            Claim claim,
            String requestId,
            String reference,
            boolean uniqueReference,
            Payment.CaptureMode captureMode,
            Money amount,
            Payment.CardSummary card,
            Map<String, String> metadata,
            Payment.OnUnknown onUnknown,
            Duration unknownAfter)
            implements Command {
        public Pay {
            metadata = Map.copyOf(metadata);
        }
    }

    /** Something done to a payment that exists. */
    sealed interface Change extends Command {
        PaymentId payment();
    }

    /**
     * Takes held money.
     *
     * @param amount none: all that is capturable
     * @param last the rest of the hold is released
     */
    record Capture(
            Claim claim, String requestId, PaymentId payment, Optional<Money> amount, boolean last)
            implements Change {}

    /** Frees what is not captured. */
    record Release(Claim claim, String requestId, PaymentId payment) implements Change {}

    /**
     * Gives captured money back.
     *
     * @param expectedRefundable refused if the payment says otherwise
     */
    record Refund(
            Claim claim,
            String requestId,
            PaymentId payment,
            Money amount,
            Optional<String> reason,
            Optional<Money> expectedRefundable)
            implements Change {}
}
