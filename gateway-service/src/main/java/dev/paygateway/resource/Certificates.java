package dev.paygateway.resource;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;

/**
 * Takes up the certificates that the agent renews: looks at its files every second, and hands what
 * is new and fit to whoever uses the bundle. What is not fit is said once, and the old one stays.
 *
 * <p>Spring's own reload reads a file twice, for key and certificate, hands an empty trust store
 * on, and never tries again after a failure.
 */
final class Certificates implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final DefaultSslBundleRegistry bundles;
    private final InstantSource clock;
    private final List<Held> all;
    private final Repeater repeater;

    Certificates(
            TlsSettings settings,
            DefaultSslBundleRegistry bundles,
            MeterRegistry meters,
            InstantSource clock) {
        this.bundles = bundles;
        this.clock = clock;
        all =
                List.of(
                        new Held("edge", settings.server(), settings.authority()),
                        new Held("client", settings.client(), settings.authority()));
        all.forEach(held -> held.gauge(meters));
        repeater = new Repeater("certificates", PERIOD, this::look);
    }

    /** Takes up what was renewed since the last look. */
    void look() {
        all.forEach(Held::look);
    }

    @Override
    public void close() {
        repeater.close();
    }

    /** One bundle and the files that it comes from; looked at by one at a time. */
    private final class Held {
        private final String use;
        private final Path identity;
        private final Path authority;
        private boolean pending;
        private String complaint = "";

        /** What stood in the files that are in use; trying them again costs two signatures. */
        private String settled = "";

        private volatile Instant end = Instant.EPOCH;

        Held(String use, Path identity, Path authority) {
            this.use = use;
            this.identity = identity;
            this.authority = authority;
            look();
        }

        void gauge(MeterRegistry meters) {
            TimeGauge.builder(
                            "gateway.certificate.left",
                            this,
                            TimeUnit.MILLISECONDS,
                            held -> Duration.between(clock.instant(), held.end).toMillis())
                    .description("Until the certificate in use is out of date")
                    .tag("use", use)
                    .register(meters);
        }

        synchronized void look() {
            try {
                var now = clock.instant();
                var found = TlsMaterial.digest(identity, authority);
                if (!found.equals(settled) || !now.isBefore(end)) {
                    // What is refused half way is in use by some, and the old one by others.
                    settled = "";
                    take(TlsMaterial.read(identity, authority, now));
                    settled = found;
                }
                complaint = "";
            } catch (TlsMaterial.Unfit unfit) {
                complain(String.valueOf(unfit.getMessage()));
            } catch (RuntimeException refused) {
                complain("a user of it refused " + identity + ": " + refused.getMessage());
            }
        }

        private void take(TlsMaterial found) {
            var bundle = bundles.getBundle(use);
            if (pending || !found.isIn(bundle)) {
                pending = true; // until every user of it has taken it
                bundles.updateBundle(use, found.in(bundle));
                pending = false;
                LOG.info("took up the {} certificate {}", use, found);
            }
            end = found.end();
        }

        private void complain(String problem) {
            if (!problem.equals(complaint)) {
                complaint = problem;
                LOG.warn("the old {} certificate stays, good until {}: {}", use, end, problem);
            }
        }
    }
}
