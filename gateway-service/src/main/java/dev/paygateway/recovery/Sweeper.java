package dev.paygateway.recovery;

import dev.paygateway.payment.Gateway;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.OperationId;
import dev.paygateway.payment.Store;
import dev.paygateway.payment.Time;
import dev.paygateway.resource.Holdings;
import dev.paygateway.resource.Permits;
import dev.paygateway.resource.Taken;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Drives abandoned and silent operations to their end. The table says what is due; every instance
 * of every region looks at it. {@link Rota} says which of it is this region's, and a lease with a
 * fence decides whose step counts.
 */
@Component
@Profile("!migrate")
@EnableConfigurationProperties(RecoverySettings.class)
final class Sweeper implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    /** After a step that failed; at once would ask the acquirer again and again. */
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(5);

    private final Store store;
    private final Gateway gateway;
    private final Time time;
    private final RecoverySettings settings;
    private final Counter steps;
    private final Counter failures;
    private final Permits permits;
    private final Rota rota;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Process and host: unique among all that may hold a lease. */
    private final String owner = ManagementFactory.getRuntimeMXBean().getName();

    private volatile boolean running;

    Sweeper(
            Store store,
            Gateway gateway,
            Time time,
            RecoverySettings settings,
            Surroundings surroundings) {
        this.store = store;
        this.gateway = gateway;
        this.time = time;
        this.settings = settings;
        var meters = surroundings.meters();
        this.rota = new Rota(surroundings.home());
        this.steps = meters.counter("gateway.recovery.steps");
        this.failures = meters.counter("gateway.recovery.failures");
        this.permits = new Permits(Holdings.ofProcess(), "step", settings.stepsMax());
    }

    /**
     * Where it works.
     *
     * @param home the letter of this region
     */
    record Surroundings(char home, MeterRegistry meters) {}

    @Override
    public void start() {
        running = true;
        threads.execute(this::look);
    }

    private void look() {
        while (running) {
            try {
                handAll(time.now());
            } catch (Taken _) {
                log.debug("every step is taken: what is due stays in the table");
            } catch (Store.Unavailable unavailable) {
                log.warn("recovery cannot look: {}", unavailable.getMessage());
            } catch (RuntimeException bug) {
                failures.increment();
                log.error("recovery failed to look", bug);
            }
            time.pause(settings.every());
        }
    }

    private void handAll(Instant now) throws Taken {
        var due = store.due(now, settings.batchMax());
        if (rota.mayWait(due, now)) {
            var overdue = now.minus(settings.takeOverAfter());
            rota.overdue(store.due(overdue, settings.batchMax()), now);
        }
        for (var id : due) {
            if (rota.isOurs(id, now)) {
                hand(id);
            }
        }
    }

    private void hand(OperationId id) throws Taken {
        try (var permit = permits.take(settings.every())) {
            permit.share(threads, () -> step(id));
        }
    }

    private void step(OperationId id) {
        if (!running) {
            return;
        }
        try {
            store.lease(id, owner, time.now(), settings.lease()).ifPresent(this::recover);
            steps.increment();
        } catch (Store.Unavailable unavailable) {
            log.warn("recovery of {} waits: {}", id, unavailable.getMessage());
        } catch (RuntimeException bug) {
            failures.increment();
            log.error("recovery of {} failed; it is tried again soon", id, bug);
        }
    }

    /** Where the step could not write how it ended, its lease is given back here. */
    private void recover(Operation leased) {
        var name = "operation " + leased.id();
        try (var _ = Holdings.ofProcess().lease(name, () -> giveBack(leased))) {
            gateway.recover(leased);
        }
    }

    private void giveBack(Operation leased) {
        try {
            store.release(leased, time.now().plus(AGAIN_AFTER));
        } catch (Store.Unavailable unavailable) {
            log.warn("{} ends its lease by itself: {}", leased.id(), unavailable.getMessage());
        }
    }

    /** No new step begins; those under way end, or their leases do. */
    @Override
    public void stop() {
        running = false;
        if (!permits.drain(RecoverySettings.STEP_MAX)) {
            log.warn("stopped with steps under way; others take them up after their leases");
        }
        threads.shutdownNow();
    }

    /** Waits for its steps while the web server waits for its requests, not before. */
    @Override
    public void stop(Runnable callback) {
        Thread.ofVirtual()
                .name("recovery-end")
                .start(() -> {
                    stop();
                    callback.run();
                });
    }

    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
