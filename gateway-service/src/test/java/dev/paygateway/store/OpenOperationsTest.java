package dev.paygateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.payment.Store.Commit;
import dev.paygateway.payment.Time;
import dev.paygateway.resource.Connections;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Goal: whoever is on call hears of a payment whose outcome stays unknown.
 *
 * <p>Method: the gauge that the alert goes by is read beside a real database, and beside none.
 */
class OpenOperationsTest {
    private static final Duration LATER = Duration.ofSeconds(90);

    /** The moment that the samples were made at, and a while. */
    private record Later() implements Time {
        @Override
        public Instant now() {
            return Samples.NOW.plus(LATER);
        }

        @Override
        public void pause(Duration duration) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void tellsTheAgeOfWhatIsOpen() {
        var database = TestDatabase.shared().app();
        var store = new SqlStore(database, new Samples.Words(), new RealTime());
        assertThat(store.commit(Samples.pay(Samples.merchant(), "key-1")))
                .isEqualTo(new Commit.Done());
        assertThat(secondsBeside(database)).isGreaterThanOrEqualTo(90);
    }

    @Test
    void saysNothingWithoutTheDatabase() {
        assertThat(secondsBeside(TestDatabase.app(1))).isNaN();
    }

    private static double secondsBeside(Connections connections) {
        var meters = new SimpleMeterRegistry();
        var gauge = new OpenOperations(connections, new Later(), meters);
        assertThat(gauge).isNotNull();
        return meters.get("gateway.operations.open.oldest").timeGauge().value(TimeUnit.SECONDS);
    }
}
