package dev.paygateway.edge;

import com.fasterxml.uuid.Generators;
import dev.paygateway.edge.MoneyRequests.Gates;
import dev.paygateway.edge.MoneyRequests.Parts;
import dev.paygateway.edge.PaymentController.Reading;
import dev.paygateway.idempotency.FingerprintKey;
import dev.paygateway.idempotency.Fingerprints;
import dev.paygateway.idempotency.Idempotency;
import dev.paygateway.payment.Gateway;
import dev.paygateway.payment.Payments;
import dev.paygateway.payment.Store;
import dev.paygateway.payment.Time;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
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
 * {@link Time}, {@link TokenKeys}, {@link FingerprintKey}, and {@link Draining} and {@link Fenced}
 * if there are.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({EdgeSettings.class, LimitSettings.class, TokenSettings.class})
@Import({
    PaymentController.class,
    ReadController.class,
    DocumentController.class,
    NotBuiltController.class,
    ErrorPages.class,
    Problems.class,
    RouteObservations.class
})
class EdgeConfiguration {
    @Bean
    Envelope envelope(@Value("${gateway.region}") String region) {
        var uuids = Generators.timeBasedEpochGenerator();
        return new Envelope(() -> "req_" + uuids.generate().toString().replace("-", ""), region);
    }

    @Bean
    JsonRendering rendering() {
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
    UsedKeys usedKeys() {
        return new UsedKeys();
    }

    @Bean
    MoneyRequests moneyRequests(
            Gateway gateway,
            Payments payments,
            Idempotency idempotency,
            Gates gates,
            Surroundings surroundings) {
        var parts =
                new Parts(gateway, payments, idempotency, rendering(), surroundings.time(), gates);
        return new MoneyRequests(parts, surroundings.used(), surroundings.settings().inFlightMax());
    }

    @Bean
    Readers readers(EdgeSettings settings) {
        return new Readers(settings.readsMax(), settings.listsMax());
    }

    @Bean
    MeterBinder beginningLimit(MoneyRequests requests) {
        return meters ->
                Gauge.builder("gateway.beginning.limit", requests, MoneyRequests::beginningLimit)
                        .description("Calls that may be on their way to their first commit at once")
                        .register(meters);
    }

    @Bean
    Gates gates(ObjectProvider<Draining> draining, ObjectProvider<Fenced> fenced) {
        return new Gates(
                draining.getIfAvailable(() -> () -> false),
                fenced.getIfAvailable(() -> () -> false));
    }

    /** What every part of the edge looks at. */
    record Surroundings(EdgeSettings settings, TokenSettings tokens, Time time, UsedKeys used) {}

    @Bean
    Surroundings surroundings(
            EdgeSettings settings, TokenSettings tokens, Time time, UsedKeys used) {
        return new Surroundings(settings, tokens, time, used);
    }

    @Bean
    Reading reading(Fingerprints fingerprints, Surroundings surroundings) {
        var settings = surroundings.settings();
        return new Reading(
                new BodyReader(settings, surroundings.time()),
                new PaymentRequests(),
                fingerprints,
                settings);
    }

    @Bean
    Tokens tokens(TokenKeys keys, TokenSettings settings, Time time) {
        return new Tokens(new TokenVerifier(keys, settings, time), time, settings.cacheMax());
    }

    @Bean
    ShownCertificates shownCertificates(EdgeSettings settings) {
        return new ShownCertificates(settings);
    }

    @Bean
    RateLimits rateLimits(LimitSettings settings, Time time) {
        return new RateLimits(settings, time);
    }

    @Bean
    FilterRegistrationBean<EdgeFilter> edgeFilter(
            Tokens tokens,
            ShownCertificates certificates,
            RateLimits limits,
            Problems problems,
            Envelope envelope) {
        var filter = new EdgeFilter(tokens, certificates, limits, problems, envelope);
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }

    @Bean
    TomcatBounds tomcatBounds(EdgeSettings settings, Envelope envelope) {
        return new TomcatBounds(settings, envelope);
    }
}
