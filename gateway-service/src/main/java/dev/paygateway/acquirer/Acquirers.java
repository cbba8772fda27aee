package dev.paygateway.acquirer;

import dev.paygateway.payment.Acquirer;
import dev.paygateway.payment.Time;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The acquirers of the configuration, in its order. */
@Component
@Profile("!migrate")
@EnableConfigurationProperties(AcquirerSettings.class)
final class Acquirers implements Acquirer.Directory {
    /** Politeness: an acquirer is not there for our warming up. */
    private static final int GREETINGS_MAX = 20;

    private final List<HttpAcquirer> acquirers;
    private final AtomicInteger greetings = new AtomicInteger();

    Acquirers(
            AcquirerSettings settings,
            SslBundles bundles,
            Time time,
            MeterRegistry meters,
            ObservationRegistry observations) {
        TlsSocketStrategy tls = new ReloadingTls(bundles);
        var registries = Guard.Registries.create();
        this.acquirers =
                settings.acquirers().stream()
                        .map(link -> open(link, tls, time, registries, observations))
                        .toList();
        registries.bindTo(meters);
    }

    private static HttpAcquirer open(
            AcquirerSettings.Link link,
            TlsSocketStrategy tls,
            Time time,
            Guard.Registries registries,
            ObservationRegistry observations) {
        var guard = new Guard(link, time, registries);
        return new HttpAcquirer(link, tls, time, guard, observations);
    }

    @Override
    public List<Acquirer> routes() {
        return List.copyOf(acquirers);
    }

    @Override
    public Acquirer named(String name) {
        return acquirers.stream()
                .filter(acquirer -> acquirer.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                "payments went to the acquirer "
                                        + name
                                        + ": put it back into gateway.acquirers"
                                        + " until they have ended"));
    }

    /** Asks each what it can do, which has no effect: the connection is open, the code warm. */
    void greet() {
        if (greetings.incrementAndGet() <= GREETINGS_MAX) {
            acquirers.forEach(HttpAcquirer::greet);
        }
    }

    @PreDestroy
    void close() {
        acquirers.reversed().forEach(HttpAcquirer::close);
    }
}
