package dev.paygateway.client;

import java.util.Optional;

/**
 * Why the issuer or the acquirer said no.
 *
 * @param code e.g. {@code insufficient_funds}
 * @param networkCode the card network's own, e.g. {@code 51}
 * @param advice {@code do_not_retry}, {@code retry_later}, {@code fix_data} or {@code other_method}
 */
public record Decline(String code, Optional<String> networkCode, Optional<String> advice) {}
