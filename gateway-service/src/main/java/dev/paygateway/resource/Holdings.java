package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.lang.ref.ReferenceQueue;
import java.sql.Connection;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.FlightRecorder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of what is held: an entry for every acquire, struck off by its release.
 *
 * <p>To note who acquires costs more than everything else here (a Throwable: 3 us and 2 KB under 60
 * frames; only the watcher makes words of it). So it is noted for one in {@value #SAMPLE}, for all
 * while leaks are recorded, and for all of a kind once one of it has leaked; who holds for too long
 * is found where it stands.
 */
public final class Holdings {
    private static final Logger LOG = LoggerFactory.getLogger(Holdings.class);
    private static final Holdings PROCESS = new Holdings();
    private static final int SAMPLE = 64;

    private static final Set<String> MACHINERY =
            Stream.of(Holdings.class, Holding.class, HeldConnection.class, Pools.class, Scope.class)
                    .map(Class::getName)
                    .collect(Collectors.toUnmodifiableSet());

    private final Set<Holding> open = ConcurrentHashMap.newKeySet();
    private final ReferenceQueue<Object> dropped = new ReferenceQueue<>();
    private final Set<Kind> leaky = ConcurrentHashMap.newKeySet();

    Holdings() {}

    /** What this process holds. */
    public static Holdings ofProcess() {
        return PROCESS;
    }

    /** A session of the database that must be given back. */
    @MustBeClosed
    public HeldConnection hold(Connection connection) {
        return new HeldConnection(this, connection);
    }

    /**
     * A lease that stands in a row of its own, and must be given back.
     *
     * @param release gives it back; told once
     */
    @MustBeClosed
    public HeldLease lease(String name, Runnable release) {
        return new HeldLease(this, name, release);
    }

    Holding enter(Kind kind, String name, Object handle) {
        var holding = new Holding(this, kind, name, handle, dropped);
        open.add(holding);
        return holding;
    }

    boolean remove(Holding holding) {
        return open.remove(holding);
    }

    boolean isOpen(Holding holding) {
        return open.contains(holding);
    }

    /** What is open at this moment. */
    Set<Holding> open() {
        return Set.copyOf(open);
    }

    /** The last word of a process, after all its parts have been closed. */
    public void sayWhatIsLeft() {
        var left = lines();
        if (left.isEmpty()) {
            LOG.info("ended; 0 resources open");
        } else {
            LOG.error("ended; {} resources open: {}", left.size(), String.join("; ", left));
        }
    }

    boolean isTracing(Kind kind) {
        return leaky.contains(kind)
                || new HoldingEvent.Leaked().isEnabled()
                || ThreadLocalRandom.current().nextInt(SAMPLE) == 0;
    }

    /** Notes from now on who acquires, every time. */
    public void traceAll() {
        leaky.addAll(EnumSet.allOf(Kind.class));
    }

    static boolean isMachinery(String type) {
        return MACHINERY.contains(type);
    }

    /** What is open, the oldest first, one line each. */
    public List<String> lines() {
        return open.stream()
                .sorted(Comparator.comparing(Holding::age).reversed())
                .map(Holding::toString)
                .toList();
    }

    /**
     * Fails if the calling thread holds any of these kinds.
     *
     * @param deed what must be done with empty hands
     */
    public void refuseHolding(Set<Kind> kinds, String deed) {
        var here = Thread.currentThread();
        for (var each : open) {
            if (each.holder() == here && kinds.contains(each.kind())) {
                throw new IllegalStateException(deed + " while this thread holds " + each);
            }
        }
    }

    void bindTo(MeterRegistry meters) {
        for (var kind : Kind.values()) {
            Gauge.builder("gateway.resources.open", this, holdings -> holdings.count(kind))
                    .description("Resources held")
                    .tag("kind", kind.toString())
                    .register(meters);
            TimeGauge.builder(
                            "gateway.resources.oldest",
                            this,
                            TimeUnit.MILLISECONDS,
                            holdings -> holdings.oldest(kind).toMillis())
                    .description("How long the oldest has been held")
                    .tag("kind", kind.toString())
                    .register(meters);
        }
    }

    /** Whether something is held that nobody will release any more. */
    boolean hasLeaked() {
        return open.stream().anyMatch(Holding::isLeaked);
    }

    /** How many of a kind are held. */
    public long count(Kind kind) {
        return of(kind).count();
    }

    private Duration oldest(Kind kind) {
        return of(kind).map(Holding::age).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    private Stream<Holding> of(Kind kind) {
        return open.stream().filter(each -> each.kind() == kind);
    }

    /** Tells recordings what is open, once a second while there is one. */
    void tellRecordings() {
        FlightRecorder.addPeriodicEvent(
                HoldingEvent.Open.class,
                () -> open.forEach(each -> new HoldingEvent.Open().tell(each)));
    }

    /** One look at what is held for too long, and at what nobody will release any more. */
    void look(Duration most) {
        for (var each = dropped.poll(); each != null; each = dropped.poll()) {
            if (each instanceof Holding holding && open.contains(holding)) {
                leaked(holding, "nobody can reach it");
            }
        }
        for (var each : open) {
            if (each.hasLostHolder()) {
                leaked(each, "its thread has ended");
            } else if (each.becomesOverdue(most)) {
                new HoldingEvent.HeldTooLong().tell(each);
                LOG.warn("held for {} s: {}", each.age().toSeconds(), each);
            }
        }
    }

    /** It stays in the ledger, and in the gauge: what it stands for is still taken. */
    private void leaked(Holding holding, String why) {
        leaky.add(holding.kind());
        if (holding.becomesLeaked()) {
            new HoldingEvent.Leaked().tell(holding);
            LOG.error("leaked, {}: {}", why, holding);
        }
    }
}
