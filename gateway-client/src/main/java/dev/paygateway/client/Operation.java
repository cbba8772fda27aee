package dev.paygateway.client;

import java.util.Optional;

/**
 * A capture, a void or a refund as one answer showed it.
 *
 * @param id {@code cap_...}, {@code vd_...} or {@code ref_...}
 * @param kind {@code capture}, {@code void} or {@code refund}
 * @param paymentId the payment it belongs to
 * @param status {@code sent}, {@code succeeded}, {@code declined}, {@code failed}, {@code unknown}
 * @param amount absent for a void
 */
public record Operation(
        String id, String kind, String paymentId, String status, Optional<Money> amount) {}
