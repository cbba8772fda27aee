package dev.paygateway.payment;

import java.util.Map;

/**
 * A merchant's hold on an idempotency key, written with the first commit of what it asks for.
 *
 * @param fingerprint keyed digest of each top-level field of the request, by field name
 */
public record Claim(Merchant merchant, String key, Map<String, String> fingerprint) {
    public Claim {
        fingerprint = Map.copyOf(fingerprint);
    }
}
