package dev.paygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/**
 * Goal: the names and defaults of the settings stay what they are, and nonsense stops the start.
 *
 * <p>Method: binds the records as Spring Boot does.
 */
class SettingsTest {
    private static <T> T bind(String prefix, Class<T> type, Map<String, String> properties) {
        var binder = new Binder(new MapConfigurationPropertySource(properties));
        return binder.bindOrCreate(prefix, type);
    }

    @Test
    void hasTheDefaultsOfTheContract() {
        assertThat(bind("gateway.edge", EdgeSettings.class, Map.of()))
                .isEqualTo(
                        new EdgeSettings(
                                Duration.ofMillis(1_800),
                                Duration.ofSeconds(8),
                                512,
                                8,
                                4,
                                DataSize.ofKilobytes(64),
                                Duration.ofSeconds(5),
                                DataSize.ofKilobytes(16),
                                CertificateSource.TLS,
                                List.of()));
        assertThat(bind("gateway.limits", LimitSettings.class, Map.of()))
                .isEqualTo(new LimitSettings(100, 200, 20));
        var tokens = Map.of("gateway.tokens.issuers", "https://i", "gateway.tokens.audience", "a");
        assertThat(bind("gateway.tokens", TokenSettings.class, tokens))
                .isEqualTo(new TokenSettings(List.of("https://i"), "a", 10_000));
    }

    @ParameterizedTest
    @CsvSource({
        "gateway.edge.wait-usual, 9s",
        "gateway.edge.wait-max, 9s",
        "gateway.edge.in-flight-max, 0",
        "gateway.edge.reads-max, 0",
        "gateway.edge.lists-max, 0",
        "gateway.edge.body-max, 65KB",
        "gateway.edge.body-wait, 0s",
        "gateway.edge.headers-max, 1B",
        "gateway.edge.forwarders, CN=edge",
        "gateway.limits.write-per-second, 0",
        "gateway.limits.read-per-second, -1",
        "gateway.limits.list-per-second, 0",
        "gateway.tokens.cache-max, 0",
        "gateway.tokens.audience, ''",
        "gateway.tokens.issuers, ''"
    })
    void refusesNonsenseByName(String property, String value) {
        var prefix = property.substring(0, property.lastIndexOf('.'));
        var type =
                switch (prefix) {
                    case "gateway.edge" -> EdgeSettings.class;
                    case "gateway.limits" -> LimitSettings.class;
                    default -> TokenSettings.class;
                };
        var properties = new java.util.HashMap<String, String>();
        properties.put("gateway.tokens.issuers", "https://i");
        properties.put("gateway.tokens.audience", "a");
        properties.put(property, value);
        assertThatThrownBy(() -> bind(prefix, type, properties))
                .rootCause()
                .hasMessageContaining(property);
    }

    @ParameterizedTest
    @CsvSource({"''", "edge", "CN=edge;nonsense", "https://edge"})
    void refusesForwardersThatNameNobody(String forwarder) {
        var properties =
                Map.of(
                        "gateway.edge.client-certificate",
                        "xfcc",
                        "gateway.edge.forwarders[0]",
                        forwarder);
        assertThatThrownBy(() -> bind("gateway.edge", EdgeSettings.class, properties))
                .rootCause()
                .hasMessageContaining("gateway.edge.forwarders");
    }
}
