package dev.paygateway.chaos.load;

import dev.paygateway.client.CaptureRequest;
import dev.paygateway.client.Money;
import dev.paygateway.client.PaymentRequest;
import dev.paygateway.client.RefundRequest;
import java.util.Locale;
import java.util.Optional;

/**
 * What a call is about, as far as the history tells it.
 *
 * @param merchant e.g. {@code m_demo1}
 * @param card its last four digits
 * @param capture {@code automatic} or {@code manual}
 */
record Intent(
        String merchant,
        Optional<String> reference,
        Optional<Money> amount,
        Optional<String> card,
        Optional<String> capture) {
    static Intent plain(String merchant) {
        return new Intent(
                merchant, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Intent of(String merchant, PaymentRequest request) {
        return new Intent(
                merchant,
                Optional.of(request.reference()),
                Optional.of(request.amount()),
                Optional.of(request.card().lastFour()),
                Optional.of(request.capture().name().toLowerCase(Locale.ROOT)));
    }

    static Intent of(String merchant, CaptureRequest request) {
        return plain(merchant).worth(request.amount());
    }

    static Intent of(String merchant, RefundRequest request) {
        return plain(merchant).worth(Optional.of(request.amount()));
    }

    private Intent worth(Optional<Money> money) {
        return new Intent(merchant, reference, money, card, capture);
    }
}
