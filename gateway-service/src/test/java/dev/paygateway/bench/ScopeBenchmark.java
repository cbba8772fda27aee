package dev.paygateway.bench;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.resource.Scope;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What {@link Scope} costs beside what it replaces, around resources as cheap as any can be: an
 * atomic count up, an atomic count down, and nothing allocated.
 */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@SuppressWarnings("MustBeClosedChecker") // by hand is what is measured
public class ScopeBenchmark {
    private final Resource a = new Resource();
    private final Resource b = new Resource();
    private final Resource c = new Resource();
    private final Resource d = new Resource();
    private final Resource e = new Resource();
    private final Resource f = new Resource();
    private final Resource g = new Resource();
    private final Resource h = new Resource();

    private static void drop(Throwable failure) {
        throw new AssertionError(failure);
    }

    /** Held or not, and nothing else. */
    private static final class Resource implements AutoCloseable {
        private final AtomicLong held = new AtomicLong();

        @MustBeClosed
        Resource acquire() {
            held.incrementAndGet();
            return this;
        }

        long held() {
            return held.getPlain();
        }

        @Override
        public void close() {
            held.decrementAndGet();
        }
    }

    @Benchmark
    public long finally1() {
        a.acquire();
        try {
            return a.held();
        } finally {
            a.close();
        }
    }

    @Benchmark
    public long resources1() {
        try (var one = a.acquire()) {
            return one.held();
        }
    }

    @Benchmark
    public long scope1() {
        try (var scope = new Scope(ScopeBenchmark::drop)) {
            return scope.own(a::acquire).held();
        }
    }

    @Benchmark
    public long finally3() {
        a.acquire();
        try {
            b.acquire();
            try {
                c.acquire();
                try {
                    return a.held() + b.held() + c.held();
                } finally {
                    c.close();
                }
            } finally {
                b.close();
            }
        } finally {
            a.close();
        }
    }

    @Benchmark
    public long resources3() {
        try (var one = a.acquire();
                var two = b.acquire();
                var three = c.acquire()) {
            return one.held() + two.held() + three.held();
        }
    }

    @Benchmark
    public long scope3() {
        try (var scope = new Scope(ScopeBenchmark::drop)) {
            var one = scope.own(a::acquire);
            var two = scope.own(b::acquire);
            var three = scope.own(c::acquire);
            return one.held() + two.held() + three.held();
        }
    }

    @Benchmark
    public long finally8() {
        a.acquire();
        try {
            b.acquire();
            try {
                c.acquire();
                try {
                    d.acquire();
                    try {
                        return deeper();
                    } finally {
                        d.close();
                    }
                } finally {
                    c.close();
                }
            } finally {
                b.close();
            }
        } finally {
            a.close();
        }
    }

    private long deeper() {
        e.acquire();
        try {
            f.acquire();
            try {
                g.acquire();
                try {
                    h.acquire();
                    try {
                        return a.held() + h.held();
                    } finally {
                        h.close();
                    }
                } finally {
                    g.close();
                }
            } finally {
                f.close();
            }
        } finally {
            e.close();
        }
    }

    @Benchmark
    public long resources8() {
        try (var one = a.acquire();
                var _ = b.acquire();
                var _ = c.acquire();
                var _ = d.acquire();
                var _ = e.acquire();
                var _ = f.acquire();
                var _ = g.acquire();
                var eight = h.acquire()) {
            return one.held() + eight.held();
        }
    }

    @Benchmark
    public long scope8() {
        try (var scope = new Scope(ScopeBenchmark::drop)) {
            var one = scope.own(a::acquire);
            scope.own(b::acquire);
            scope.own(c::acquire);
            scope.own(d::acquire);
            scope.own(e::acquire);
            scope.own(f::acquire);
            scope.own(g::acquire);
            return one.held() + scope.own(h::acquire).held();
        }
    }
}
