package dev.paygateway.edge;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which tokens are accepted.
 *
 * @param issuers the exact {@code iss} of each issuer
 * @param audience what {@code aud} has to hold
 * @param cacheMax verified tokens remembered at once
 */
@ConfigurationProperties("gateway.tokens")
record TokenSettings(List<String> issuers, String audience, int cacheMax) {

    TokenSettings(
            @Nullable List<String> issuers,
            @Nullable String audience,
            @DefaultValue("10000") int cacheMax) {
        if (issuers == null || issuers.isEmpty() || issuers.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "gateway.tokens.issuers is empty; name at least one issuer URL");
        }
        if (audience == null || audience.isBlank()) {
            throw new IllegalArgumentException(
                    "gateway.tokens.audience is empty; name the audience of our tokens");
        }
        if (cacheMax < 1) {
            throw new IllegalArgumentException(
                    "gateway.tokens.cache-max is %d, it must be 1 or more".formatted(cacheMax));
        }
        this.issuers = List.copyOf(issuers);
        this.audience = audience;
        this.cacheMax = cacheMax;
    }
}
