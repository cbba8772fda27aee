package dev.paygateway.region;

import dev.paygateway.resource.StartRefused;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who this process is.
 *
 * @param region the region's name; its first letter marks the ids that are made here
 * @param instance this process's name within the region
 */
@ConfigurationProperties("gateway")
record RegionSettings(@DefaultValue("") String region, @DefaultValue("") String instance) {
    private static final Pattern REGION = Pattern.compile("[a-z]{2,16}");
    private static final Pattern INSTANCE = Pattern.compile("[a-z0-9-]{1,63}");

    RegionSettings {
        require("gateway.region", region, REGION, "Give 2 to 16 letters a-z, like east.");
        require(
                "gateway.instance",
                instance,
                INSTANCE,
                "Give a name like gateway-1 (a-z, 0-9, -).");
    }

    private static void require(String property, String value, Pattern form, String remedy) {
        if (!form.matcher(value).matches()) {
            var problem = value.isEmpty() ? " is missing" : " is wrong: \"" + value + '"';
            throw new StartRefused(property + problem, remedy);
        }
    }

    Region toRegion() {
        return new Region(region, region.charAt(0), instance);
    }
}
