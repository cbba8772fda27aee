package dev.paygateway.store;

import static dev.paygateway.store.Columns.utc;

import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.Payments.Cursor;
import dev.paygateway.payment.Payments.Filter;
import dev.paygateway.payment.Payments.Page;
import dev.paygateway.payment.Status;
import dev.paygateway.store.Query.Freshness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts a merchant's search into SQL: only the conditions that are asked for, in a fixed order. */
final class Listing {
    private final StringBuilder where =
            new StringBuilder("SELECT * FROM payment WHERE merchant_id = ? AND mode = ?");
    private final List<@Nullable Object> values = new ArrayList<>();

    private Listing(Merchant merchant) {
        values.add(merchant.id());
        values.add(merchant.mode().code());
    }

    /** Newest first, but oldest first for the page before a cursor; one row more than a page. */
    static Query query(Merchant merchant, Filter filter, Page page) {
        var listing = new Listing(merchant);
        listing.narrow(filter);
        page.after().ifPresent(cursor -> listing.passes(cursor, "<"));
        page.before().ifPresent(cursor -> listing.passes(cursor, ">"));
        var direction = page.before().isPresent() ? "ASC" : "DESC";
        listing.where.append(" ORDER BY created_at %1$s, id %1$s LIMIT ?".formatted(direction));
        listing.values.add(page.limit() + 1);
        return new Query(Freshness.ACKNOWLEDGED, listing.where.toString(), listing.values);
    }

    private void narrow(Filter filter) {
        and("status = ?", filter.status().map(Status::code));
        and("reference = ?", filter.reference());
        and("card_last4 = ?", filter.cardLast4());
        and("card_bin = ?", filter.cardBin());
        and("currency = ?", filter.currency());
        filter.amountMin().ifPresent(least -> and("amount >= ?", Optional.of(least)));
        filter.amountMax().ifPresent(most -> and("amount <= ?", Optional.of(most)));
        and("created_at >= ?", filter.createdFrom().map(Columns::utc));
        and("created_at < ?", filter.createdBefore().map(Columns::utc));
        and("acquirer = ?", filter.acquirer());
        and("region = ?", filter.region());
    }

    private void and(String condition, Optional<?> value) {
        value.ifPresent(present -> {
            where.append(" AND ").append(condition);
            values.add(present);
        });
    }

    /** Its first condition says nothing new: it is the one that bounds the range of the index. */
    private void passes(Cursor cursor, String than) {
        where.append(
                " AND created_at %1$s= ? AND (created_at %1$s ? OR id %1$s ?)".formatted(than));
        values.add(utc(cursor.createdAt()));
        values.add(utc(cursor.createdAt()));
        values.add(cursor.id().value());
    }
}
