package dev.paygateway.acquirer;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The acquirers, the preferred first.
 *
 * @param acquirers property {@code gateway.acquirers}
 */
@Validated
@ConfigurationProperties("gateway")
public record AcquirerSettings(@NotEmpty List<@Valid Link> acquirers) {
    public AcquirerSettings {
        acquirers = List.copyOf(acquirers);
    }

    /**
     * One acquirer: where it is, what it declares about itself, and what it may cost us.
     *
     * @param accountPrefix our account there is this and the merchant's id
     * @param callsMax calls under way at once (bulkhead), and connections
     * @param visibilityWindow how long an effect may be missing from its inquiry
     */
    public record Link(
            @Pattern(regexp = "[a-z][a-z0-9-]{1,38}") String name,
            URI url,
            @DefaultValue("acct_") String accountPrefix,
            @DefaultValue("128") @Min(1) @Max(1024) int callsMax,
            @DefaultValue("true") boolean idempotentSend,
            @DefaultValue("true") boolean inquiryByReference,
            @DefaultValue("true") boolean reverseByReference,
            @DefaultValue("10s") Duration visibilityWindow) {
        public Link {
            if (!"https".equals(url.getScheme())) {
                throw new IllegalArgumentException(
                        "gateway.acquirers[%s].url is %s; an acquirer is reached over https only"
                                .formatted(name, url));
            }
        }
    }
}
