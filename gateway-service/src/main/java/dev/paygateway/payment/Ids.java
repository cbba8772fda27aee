package dev.paygateway.payment;

import java.util.UUID;
import java.util.function.Supplier;

/**
 * Makes ids: a prefix that says what it names, the home region's letter, 32 hex digits of a UUID.
 */
public final class Ids {
    private final char region;
    private final Supplier<UUID> uuids;

    /** Time-ordered UUIDs (version 7) keep the database's pages together. */
    public Ids(char region, Supplier<UUID> uuids) {
        this.region = region;
        this.uuids = uuids;
    }

    PaymentId payment() {
        return new PaymentId(next("pay_"));
    }

    OperationId operation() {
        return new OperationId(next("op_"));
    }

    String event() {
        return next("evt_");
    }

    String resource(Operation.Kind kind) {
        return switch (kind) {
            case CAPTURE -> next("cap_");
            case VOID -> next("vd_");
            case REFUND -> next("ref_");
            case REVERSE -> next("rev_");
            case AUTHORIZE ->
                    throw new IllegalArgumentException("an authorisation is named by its payment");
        };
    }

    private String next(String prefix) {
        return prefix + region + uuids.get().toString().replace("-", "");
    }
}
