package dev.paygateway.chaos.load;

import dev.paygateway.client.Money;

/**
 * What one customer is going to do.
 *
 * @param number counts from 0 within a run
 * @param merchant index of the merchant
 * @param amount of the payment
 * @param sequel what follows an approval; says by itself whether the capture is manual
 * @param twist what is done beside it
 * @param share how much of the money a part takes, in (0, 1)
 */
record Scenario(
        int number,
        int merchant,
        SandboxCard card,
        Money amount,
        Sequel sequel,
        Twist twist,
        double share) {
    /** What follows an approved payment. */
    enum Sequel {
        LEFT_CAPTURED(false),
        REFUNDED(false),
        REFUNDED_IN_PARTS(false),
        LEFT_AUTHORIZED(true),
        CAPTURED(true),
        CAPTURED_IN_PARTS(true),
        CAPTURED_PART_AS_LAST(true),
        CAPTURED_AND_REFUNDED(true),
        VOIDED(true);

        private final boolean manual;

        Sequel(boolean manual) {
            this.manual = manual;
        }

        boolean manual() {
            return manual;
        }
    }

    /** What else happens to the payment's key. */
    enum Twist {
        NONE,
        /** The same request with the same key, to the next instance at the same time. */
        TWIN,
        /** The same key with another amount, which must be refused. */
        OTHER_AMOUNT,
        /** The same request with the same key once more, afterwards. */
        REPLAY,
        /** Reads at several instances, whose versions must not fall. */
        READS
    }
}
