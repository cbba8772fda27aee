package dev.paygateway.region;

import dev.paygateway.resource.StartRefused;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who this process is.
 *
 * @param region the region's name; its first letter marks the ids that are made here
 * @param instance this process's name within the region
 * @param operators common names of the certificates whose owners may move traffic between regions
 */
@ConfigurationProperties("gateway")
record RegionSettings(
        @DefaultValue("") String region,
        @DefaultValue("") String instance,
        @DefaultValue("m_ops") List<String> operators) {
    private static final Pattern REGION = Pattern.compile("[a-z]{2,16}");
    private static final Pattern INSTANCE = Pattern.compile("[a-z0-9-]{1,63}");

    private static final Pattern OPERATOR = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    RegionSettings {
        operators = List.copyOf(operators);
        require("gateway.region", region, REGION, "Give 2 to 16 letters a-z, like east.");
        require(
                "gateway.instance",
                instance,
                INSTANCE,
                "Give a name like gateway-1 (a-z, 0-9, -).");
        operators.forEach(name ->
                require(
                        "gateway.operators",
                        name,
                        OPERATOR,
                        "Give names of a-z, 0-9, _, - and dots."));
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
