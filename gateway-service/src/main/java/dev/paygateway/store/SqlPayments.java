package dev.paygateway.store;

import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.Payment;
import dev.paygateway.payment.PaymentId;
import dev.paygateway.payment.Payments;
import dev.paygateway.payment.Time;
import dev.paygateway.resource.Connections;
import dev.paygateway.store.Query.Freshness;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads payments for merchants, with every change that was acknowledged before, anywhere. */
@Component
final class SqlPayments implements Payments {
    private static final String BY_ID =
            "SELECT * FROM payment WHERE id = ? AND merchant_id = ? AND mode = ?";

    private static final String BY_KEY =
            """
            SELECT payment.* FROM idempotency JOIN payment ON payment.id = idempotency.payment_id
            WHERE idempotency.merchant_id = ? AND idempotency.mode = ?
                AND idempotency.idem_key = ?\
            """;

    private static final String BY_REFERENCE =
            """
            SELECT * FROM payment WHERE merchant_id = ? AND mode = ? AND reference = ?
            ORDER BY created_at DESC, id DESC LIMIT 1\
            """;

    private static final String EVENTS =
            """
            SELECT event.* FROM payment JOIN event ON event.payment_id = payment.id
            WHERE payment.id = ? AND payment.merchant_id = ? AND payment.mode = ?
                AND event.seq > ?
            ORDER BY event.seq LIMIT ?\
            """;

    private final Database database;

    SqlPayments(Connections connections, Time time) {
        this.database = new Database(connections, time);
    }

    @Override
    public Optional<Payment> find(Merchant merchant, PaymentId id) {
        return first(BY_ID, id.value(), merchant.id(), merchant.mode().code());
    }

    /** The payment that the request under the key began, or changed. */
    @Override
    public Optional<Payment> byKey(Merchant merchant, String key) {
        return first(BY_KEY, merchant.id(), merchant.mode().code(), key);
    }

    @Override
    public Optional<Payment> byReference(Merchant merchant, String reference) {
        return first(BY_REFERENCE, merchant.id(), merchant.mode().code(), reference);
    }

    private Optional<Payment> first(String select, Object... values) {
        return database.first(Query.of(Freshness.ACKNOWLEDGED, select, values), Rows::payment);
    }

    @Override
    public List<Payment> list(Merchant merchant, Filter filter, Page page) {
        var found = database.all(Listing.query(merchant, filter, page), Rows::payment);
        return page.before().isPresent() ? found.reversed() : found;
    }

    @Override
    public List<TimelineEvent> events(Merchant merchant, PaymentId id, Lines lines) {
        return database.all(
                Query.of(
                        Freshness.ACKNOWLEDGED,
                        EVENTS,
                        id.value(),
                        merchant.id(),
                        merchant.mode().code(),
                        lines.after(),
                        lines.limit() + 1),
                Rows::event);
    }
}
