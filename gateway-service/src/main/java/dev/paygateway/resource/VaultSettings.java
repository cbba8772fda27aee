package dev.paygateway.resource;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Vault, as the agent beside this instance offers it; the agent adds the token.
 *
 * @param address {@code https://host:port}, no path
 */
@ConfigurationProperties(value = "gateway.vault", ignoreUnknownFields = false)
record VaultSettings(@DefaultValue("") String address) {
    VaultSettings {
        // not shown: an address may carry a password
        Setting.hidden("gateway.vault.address", address)
                .require(
                        VaultSettings::isHttps,
                        "Set it to the agent's listener, like https://127.0.0.1:8200; plaintext is"
                                + " not spoken.");
    }

    private static boolean isHttps(String given) {
        try {
            var address = URI.create(given);
            return "https".equals(address.getScheme())
                    && address.getHost() != null
                    && address.getPort() > 0
                    && address.getPath().isEmpty();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
