package dev.paygateway.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paygateway.resource.StartRefused;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Goal: a process knows who it is before it does anything.
 *
 * <p>Method: binds the settings as the configuration file would.
 */
class RegionSettingsTest {
    @Test
    void namesTheRegionByItsFirstLetterInIds() {
        assertThat(region(Map.of("gateway.region", "north", "gateway.instance", "gateway-2")))
                .isEqualTo(new Region("north", 'n', "gateway-2"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', gateway-1, gateway.region",
        "East, gateway-1, gateway.region",
        "east, '', gateway.instance",
        "east, 'a b', gateway.instance"
    })
    void refusesNonsenseByName(String region, String instance, String property) {
        assertThatThrownBy(() ->
                        region(
                                Map.of(
                                        "gateway.region", region,
                                        "gateway.instance", instance)))
                .rootCause()
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith(property)
                .hasMessageContaining("Give ");
    }

    private static Region region(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("gateway", RegionSettings.class)
                .toRegion();
    }
}
