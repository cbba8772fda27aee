package dev.paygateway.payment;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads a {@link MemoryStore} as merchants may. */
public final class MemoryPayments implements Payments {
    private static final Comparator<Cursor> OLDEST_FIRST =
            Comparator.comparing(Cursor::createdAt).thenComparing(cursor -> cursor.id().value());

    private final MemoryStore store;
    private volatile Runnable beforeRead = () -> {};

    public MemoryPayments(MemoryStore store) {
        this.store = store;
    }

    /** Runs before each read, outside of any lock: a test's place to delay. */
    public void onRead(Runnable action) {
        beforeRead = action;
    }

    @Override
    public Optional<Payment> find(Merchant merchant, PaymentId id) {
        beforeRead.run();
        return store.payment(id).filter(payment -> isOf(merchant, payment));
    }

    @Override
    public Optional<Payment> byKey(Merchant merchant, String key) {
        beforeRead.run();
        return store.holder(merchant, key).flatMap(holder -> store.payment(holder.payment()));
    }

    @Override
    public Optional<Payment> byReference(Merchant merchant, String reference) {
        beforeRead.run();
        return store.all().stream()
                .filter(payment -> isOf(merchant, payment))
                .filter(payment -> payment.terms().reference().equals(reference))
                .max(Comparator.comparing(MemoryPayments::place, OLDEST_FIRST));
    }

    @Override
    public List<Payment> list(Merchant merchant, Filter filter, Page page) {
        beforeRead.run();
        var matching =
                store.all().stream()
                        .filter(payment -> isOf(merchant, payment) && matches(filter, payment))
                        .filter(payment -> isWithin(page, place(payment)))
                        .sorted(Comparator.comparing(MemoryPayments::place, OLDEST_FIRST))
                        .toList();
        var count = Math.min(matching.size(), page.limit() + 1);
        return page.before().isPresent()
                ? matching.subList(0, count).reversed()
                : matching.subList(matching.size() - count, matching.size()).reversed();
    }

    @Override
    public List<TimelineEvent> events(Merchant merchant, PaymentId id, Lines lines) {
        return find(merchant, id).stream()
                .flatMap(payment -> store.timeline(payment.id()).stream())
                .filter(line -> line.sequence() > lines.after())
                .limit(lines.limit() + 1)
                .toList();
    }

    private static boolean isWithin(Page page, Cursor place) {
        return page.after().filter(end -> OLDEST_FIRST.compare(place, end) >= 0).isEmpty()
                && page.before().filter(end -> OLDEST_FIRST.compare(place, end) <= 0).isEmpty();
    }

    private static boolean isOf(Merchant merchant, Payment payment) {
        return payment.terms().merchant().equals(merchant);
    }

    private static Cursor place(Payment payment) {
        return new Cursor(payment.terms().createdAt(), payment.id());
    }

    private static boolean matches(Filter filter, Payment payment) {
        var terms = payment.terms();
        var minor = terms.asked().getAmountMinorLong();
        return is(filter.status(), payment.status())
                && is(filter.reference(), terms.reference())
                && is(filter.cardLast4(), terms.card().last4())
                && is(filter.cardBin(), terms.card().bin())
                && is(filter.currency(), terms.asked().getCurrencyUnit().getCode())
                && minor >= filter.amountMin().orElse(Long.MIN_VALUE)
                && minor <= filter.amountMax().orElse(Long.MAX_VALUE)
                && filter.createdFrom().filter(terms.createdAt()::isBefore).isEmpty()
                && filter.createdBefore().filter(at -> !terms.createdAt().isBefore(at)).isEmpty()
                && is(filter.acquirer(), payment.route().acquirer())
                && is(filter.region(), terms.region());
    }

    private static <T> boolean is(Optional<T> wanted, T value) {
        return wanted.isEmpty() || wanted.get().equals(value);
    }
}
