package dev.paygateway.edge;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.paygateway.edge.MoneyRequests.Parts;
import dev.paygateway.edge.PaymentController.Reading;
import dev.paygateway.idempotency.FingerprintKey;
import dev.paygateway.idempotency.Fingerprints;
import dev.paygateway.idempotency.Idempotency;
import dev.paygateway.payment.Gateway;
import dev.paygateway.payment.Payments;
import dev.paygateway.payment.Rendering;
import dev.paygateway.payment.Store;
import dev.paygateway.payment.Time;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/**
 * Puts the edge together. From outside it needs {@link Gateway}, {@link Store}, {@link Payments},
 * {@link Time}, {@link TokenKeys}, {@link FingerprintKey}, and {@link Draining} if there is one.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({EdgeSettings.class, LimitSettings.class, TokenSettings.class})
@Import({
    PaymentController.class,
    ReadController.class,
    DocumentController.class,
    ErrorPages.class,
    Problems.class
})
class EdgeConfiguration {
    private final String region;
    private final NoArgGenerator uuids = Generators.timeBasedEpochGenerator();

    EdgeConfiguration(@Value("${gateway.region}") String region) {
        this.region = region;
    }

    /** Names a request. */
    private String nextRequestId() {
        return "req_" + uuids.generate().toString().replace("-", "");
    }

    @Bean
    Rendering rendering() {
        return new JsonRendering();
    }

    @Bean
    Idempotency idempotency(Store store, Time time) {
        return new Idempotency(store, time);
    }

    @Bean
    Fingerprints fingerprints(FingerprintKey key) {
        return new Fingerprints(key);
    }

    @Bean
    MoneyRequests moneyRequests(
            Gateway gateway,
            Payments payments,
            Idempotency idempotency,
            ObjectProvider<Draining> draining,
            Surroundings surroundings) {
        var parts =
                new Parts(
                        gateway,
                        payments,
                        idempotency,
                        rendering(),
                        surroundings.time(),
                        draining.getIfAvailable(() -> () -> false));
        return new MoneyRequests(parts, surroundings.settings().inFlightMax());
    }

    /** What every part of the edge looks at. */
    record Surroundings(EdgeSettings settings, Time time) {}

    @Bean
    Surroundings surroundings(EdgeSettings settings, Time time) {
        return new Surroundings(settings, time);
    }

    @Bean
    Reading reading(Fingerprints fingerprints, Surroundings surroundings) {
        var settings = surroundings.settings();
        var time = surroundings.time();
        return new Reading(
                new BodyReader(settings, time), new PaymentRequests(time), fingerprints, settings);
    }

    @Bean
    FilterRegistrationBean<EdgeFilter> edgeFilter(
            TokenKeys keys,
            TokenSettings tokens,
            LimitSettings limits,
            Time time,
            Problems problems) {
        var verifier = new TokenVerifier(keys, tokens, time);
        var filter =
                new EdgeFilter(
                        new Tokens(verifier, time, tokens.cacheMax()),
                        new RateLimits(limits, time),
                        problems,
                        this::nextRequestId,
                        region);
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }

    @Bean
    TomcatBounds tomcatBounds(EdgeSettings settings) {
        return new TomcatBounds(settings, this::nextRequestId, region);
    }
}
