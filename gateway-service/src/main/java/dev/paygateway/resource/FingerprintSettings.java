package dev.paygateway.resource;

import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The key of request fingerprints, wrapped by Vault's transit engine.
 *
 * @param wrappedKey what {@code transit/datakey/wrapped/gateway-data} answered once for all regions
 */
@ConfigurationProperties(value = "gateway.fingerprint", ignoreUnknownFields = false)
record FingerprintSettings(@DefaultValue("") String wrappedKey) {
    private static final Pattern WRAPPED =
            Pattern.compile("vault:v[0-9]+:[A-Za-z0-9+/]{16,1024}={0,2}");

    FingerprintSettings {
        Setting.hidden("gateway.fingerprint.wrapped-key", wrappedKey)
                .require(
                        WRAPPED.asMatchPredicate(),
                        "Give the ciphertext of transit/datakey/wrapped/gateway-data, like"
                                + " vault:v1:...; never a key in the clear.");
    }
}
