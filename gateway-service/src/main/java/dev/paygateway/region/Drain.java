package dev.paygateway.region;

import dev.paygateway.resource.Pause;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Whether this process is on its way out. It is the first to be told of the end: for a moment new
 * requests are still answered (503 draining), then the server closes and what is in flight ends.
 */
public final class Drain implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    /** For requests that are on their way while the others learn of the end. */
    private static final Duration LINGER = Duration.ofMillis(500);

    private volatile boolean isRunning;
    private volatile boolean isDraining;

    /** True from the first moment of the end: what is new belongs to another instance. */
    public boolean isDraining() {
        return isDraining;
    }

    @Override
    public void start() {
        isRunning = true;
    }

    @Override
    public void stop() {
        LOG.info("draining: new requests are refused");
        isDraining = true;
        Pause.of(LINGER);
        isRunning = false;
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    /** The last to start and the first to stop, before the web server. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
