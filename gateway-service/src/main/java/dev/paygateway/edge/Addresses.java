package dev.paygateway.edge;

import dev.paygateway.payment.PaymentId;
import java.util.regex.Pattern;

/** The names that addresses are made of. */
final class Addresses {
    static final String PAYMENTS = "/v1/payments";

    private static final Pattern PAYMENT = Pattern.compile("pay_[a-z][0-9a-f]{32}");
    private static final Pattern TIMELINE =
            Pattern.compile(PAYMENTS + "/" + PAYMENT.pattern() + "/events");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{16,128}");

    /**
     * A word that is no number; one in a thousand digests in hexadecimal holds what may be a card.
     */
    private static final Pattern WORD = Pattern.compile("[0-9]*[A-Za-z][A-Za-z0-9]*");

    private Addresses() {}

    static String of(PaymentId id) {
        return PAYMENTS + "/" + id;
    }

    /** Whether a page of many is read there. */
    static boolean isList(String path) {
        return path.equals(PAYMENTS) || TIMELINE.matcher(path).matches();
    }

    /** Fails with 404: what cannot be an id names nothing. */
    static PaymentId payment(String id) {
        if (!PAYMENT.matcher(id).matches()) {
            throw new Rejection(Refusals.notFound());
        }
        return new PaymentId(id);
    }

    static boolean isPayment(String id) {
        return PAYMENT.matcher(id).matches();
    }

    /** A key is stored and shown: it may be no card number, in one piece or in groups. */
    static boolean isKey(String key) {
        return KEY.matcher(key).matches()
                && !CardNumbers.isHeldBy(WORD.matcher(key).replaceAll("x"));
    }

    static Rejection badKey() {
        return Rejection.at(
                EdgeFilter.KEY,
                Code.IDEMPOTENCY_KEY_INVALID,
                "Send one Idempotency-Key of 16 to 128 characters out of A-Z a-z 0-9 _ - that"
                        + " holds no card number.");
    }
}
