package dev.paygateway.recovery;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.paygateway.payment.OperationId;
import dev.paygateway.payment.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What one look of a {@link Sweeper} takes up, for those who simulate it. */
public final class Shift {
    private static final Duration TAKE_OVER_AFTER = Duration.ofSeconds(10);
    private static final int BATCH_MAX = 100;

    static {
        // Thousands of regions are lost in a minute here, and each would be told of.
        ((Logger) LoggerFactory.getLogger(Rota.class)).setLevel(Level.ERROR);
    }

    private final Rota rota;

    /** In the region of that letter. */
    public Shift(char home) {
        rota = new Rota(home);
    }

    public List<OperationId> ours(Store store, Instant now) {
        var due = store.due(now, BATCH_MAX);
        if (rota.mayWait(due, now)) {
            rota.overdue(store.due(now.minus(TAKE_OVER_AFTER), BATCH_MAX), now);
        }
        return due.stream().filter(id -> rota.isOurs(id, now)).toList();
    }
}
