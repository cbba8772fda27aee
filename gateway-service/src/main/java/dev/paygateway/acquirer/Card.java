package dev.paygateway.acquirer;

import dev.paygateway.payment.Acquirer;
import dev.paygateway.payment.Payment.CardSummary;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A raw card, on its way from the merchant's request to an acquirer's. It is never stored, and only
 * its summary can be shown.
 */
public final class Card implements Acquirer.Instrument {
    private final CardSummary summary;
    private final String number;
    private final Optional<String> cvc;

    /**
     * A card whose number has been checked.
     *
     * @param summary what of it may be shown
     */
    public Card(CardSummary summary, String number, Optional<String> cvc) {
        this.summary = summary;
        this.number = number;
        this.cvc = cvc;
    }

    @Override
    public CardSummary summary() {
        return summary;
    }

    void writeTo(ObjectNode message) {
        message.put("number", number)
                .put("exp_month", summary.expiryMonth())
                .put("exp_year", summary.expiryYear());
        cvc.ifPresent(digits -> message.put("cvc", digits));
    }

    /** Never the number. */
    @Override
    public String toString() {
        return "card " + summary.brand() + " ****" + summary.last4();
    }
}
