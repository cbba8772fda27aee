package dev.paygateway.store;

import static dev.paygateway.store.Columns.instantIfAny;

import dev.paygateway.payment.Time;
import dev.paygateway.resource.Connections;
import dev.paygateway.store.Query.Freshness;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Says how long the oldest operation has been without a known outcome: what the alert on unknown
 * payments goes by. Looks when it is asked; without the database it has nothing to say.
 */
@Component
final class OpenOperations {
    private static final Duration TIME_MAX = Duration.ofMillis(2_500);

    private static final Query OLDEST =
            Query.of(
                    Freshness.ANY,
                    """
                    SELECT MIN(created_at) AS oldest FROM operation
                    WHERE next_check_at IS NOT NULL AND state IN ('sent', 'unknown')\
                    """);

    private final Database database;
    private final Time time;

    OpenOperations(Connections connections, Time time, MeterRegistry meters) {
        this.database = new Database(connections, time);
        this.time = time;
        TimeGauge.builder(
                        "gateway.operations.open.oldest",
                        this,
                        TimeUnit.MILLISECONDS,
                        OpenOperations::oldest)
                .description("Age of the oldest operation whose outcome is not known")
                .register(meters);
    }

    private double oldest() {
        try {
            return database.allWithin(TIME_MAX, OLDEST, row -> instantIfAny(row, "oldest")).stream()
                    .flatMap(Optional::stream)
                    .mapToLong(since -> Duration.between(since, time.now()).toMillis())
                    .findFirst()
                    .orElse(0);
        } catch (SQLException unreachable) {
            return Double.NaN;
        }
    }
}
