package dev.paygateway.sabotage;

import dev.paygateway.payment.Decision;
import dev.paygateway.payment.Store;
import dev.paygateway.resource.Connections;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Now and then takes a connection that nobody gives back. It stops at a few: with all of them gone
 * the service would be seen to fail, and that is another test.
 */
final class LeakyStore extends DelegatingStore {
    private static final int EVERY = 40;
    private static final int LEAKS_MAX = 4;

    private final Connections connections;
    private final AtomicInteger commits = new AtomicInteger();

    LeakyStore(Store real, Connections connections) {
        super(real);
        this.connections = connections;
    }

    @Override
    public Commit commit(Decision decision) {
        var number = commits.incrementAndGet();
        if (number % EVERY == 0 && number / EVERY <= LEAKS_MAX) {
            leak();
        }
        return super.commit(decision);
    }

    @SuppressWarnings("MustBeClosedChecker") // the leak
    private void leak() {
        try {
            var _ = connections.acquire();
        } catch (SQLException none) {
            throw new IllegalStateException(none);
        }
    }
}
