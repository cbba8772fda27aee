package dev.paygateway.bench;

import dev.paygateway.resource.Holdings;
import dev.paygateway.resource.Locks;
import dev.paygateway.resource.Permits;
import dev.paygateway.resource.Taken;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a lock and a permit of ours cost, entered in the ledger, beside the JDK's bare ones. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LockBenchmark {
    private static final String KEY = "merchant-7";

    private final Locks locks = new Locks(Holdings.ofProcess());
    private final Permits permits = new Permits(Holdings.ofProcess(), "bench", 8);
    private final ConcurrentHashMap<String, ReentrantLock> bare = new ConcurrentHashMap<>();
    private final Semaphore semaphore = new Semaphore(8, true);

    @Benchmark
    public Object bareLock() {
        var lock = bare.computeIfAbsent(KEY, _ -> new ReentrantLock(true));
        lock.lock();
        try {
            return lock;
        } finally {
            lock.unlock();
        }
    }

    @Benchmark
    public Object keyedLock() throws Taken {
        try (var held = locks.hold(KEY, Duration.ZERO)) {
            return held;
        }
    }

    @Benchmark
    public Object barePermit() throws InterruptedException {
        semaphore.acquire();
        try {
            return semaphore;
        } finally {
            semaphore.release();
        }
    }

    @Benchmark
    public Object permit() throws Taken {
        try (var held = permits.take(Duration.ZERO)) {
            return held;
        }
    }
}
