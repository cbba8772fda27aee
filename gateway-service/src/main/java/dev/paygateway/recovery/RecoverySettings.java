package dev.paygateway.recovery;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How recovery works through what is due.
 *
 * @param every pause between two looks at the table
 * @param lease how long an operation is held for one step; longer than any step can take
 * @param batchMax operations taken in one look
 * @param stepsMax steps under way at once
 * @param takeOverAfter another region's work is taken up here once it is overdue by this
 */
@Validated
@ConfigurationProperties("gateway.recovery")
record RecoverySettings(
        @DefaultValue("1s") Duration every,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("100") @Min(1) @Max(1_000) int batchMax,
        @DefaultValue("16") @Min(1) @Max(256) int stepsMax,
        @DefaultValue("10s") Duration takeOverAfter) {
    /** The longest step: two calls to an acquirer and their commits (design: time budgets). */
    static final Duration STEP_MAX = Duration.ofSeconds(24);

    RecoverySettings {
        if (lease.compareTo(STEP_MAX) <= 0) {
            throw new IllegalArgumentException(
                    "gateway.recovery.lease is %s; a step can take %s: give it more"
                            .formatted(lease, STEP_MAX));
        }
        if (takeOverAfter.compareTo(every) <= 0) {
            throw new IllegalArgumentException(
                    "gateway.recovery.take-over-after is %s; at home it takes up to %s: give more"
                            .formatted(takeOverAfter, every));
        }
        if (every.isNegative() || every.isZero()) {
            throw new IllegalArgumentException(
                    "gateway.recovery.every is %s; it must be longer than nothing"
                            .formatted(every));
        }
    }
}
