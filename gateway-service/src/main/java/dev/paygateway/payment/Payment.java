package dev.paygateway.payment;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;

/**
 * One payment as its last commit left it.
 *
 * @param route where it was sent last
 * @param openOperation the one capture or void that may be under way
 * @param version count of its commits, and number of its last event
 */
public record Payment(
        PaymentId id,
        Terms terms,
        Status status,
        Amounts amounts,
        Route route,
        Optional<OperationId> openOperation,
        Optional<Decline> decline,
        long version,
        Instant updatedAt) {

    /**
     * What the merchant asked for; never changes.
     *
     * @param reference the merchant's own name for the order
     * @param uniqueReference at most one payment that is not void may carry the reference
     * @param region the home region's name
     * @param unknownDeadline an approval found later than this is undone
     */
    public record Terms(
            Merchant merchant,
            String reference,
            boolean uniqueReference,
            CaptureMode captureMode,
            Money asked,
            CardSummary card,
            String region,
            String idempotencyKey,
            Map<String, String> metadata,
            OnUnknown onUnknown,
            Instant unknownDeadline,
            Instant createdAt) {
        public Terms {
            metadata = Map.copyOf(metadata);
        }
    }

    /**
     * An acquirer, and the authorisation that was sent to it.
     *
     * @param authorization what captures, voids, refunds and reversals refer to
     */
    public record Route(String acquirer, OperationId authorization) {}

    /** All of a card that may be stored or shown. */
    public record CardSummary(
            String brand, String bin, String last4, int expiryMonth, int expiryYear) {
        /** Good until its month is over, UTC. */
        boolean isExpired(Instant now) {
            var month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
            return YearMonth.of(expiryYear, expiryMonth).isBefore(month);
        }
    }

    /** Whether the authorisation takes the money at once. */
    public enum CaptureMode {
        AUTOMATIC,
        MANUAL;

        /** The name as it stands in rows and answers. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What becomes of an approval that is found after a silence. */
    public enum OnUnknown {
        WAIT,
        REVERSE;

        /** The name as it stands in rows and requests. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The next commit of this payment in another status. */
    Payment to(Status next, Instant at) {
        return new Payment(
                id, terms, next, amounts, route, openOperation, decline, version + 1, at);
    }

    Payment with(Amounts changed) {
        return new Payment(
                id, terms, status, changed, route, openOperation, decline, version, updatedAt);
    }

    Payment with(Decline reason) {
        return new Payment(
                id,
                terms,
                status,
                amounts,
                route,
                openOperation,
                Optional.of(reason),
                version,
                updatedAt);
    }

    Payment opening(OperationId operation) {
        return new Payment(
                id,
                terms,
                status,
                amounts,
                route,
                Optional.of(operation),
                decline,
                version,
                updatedAt);
    }

    Payment closing() {
        return new Payment(
                id, terms, status, amounts, route, Optional.empty(), decline, version, updatedAt);
    }

    Payment routed(Route next) {
        return new Payment(
                id, terms, status, amounts, next, openOperation, decline, version, updatedAt);
    }
}
