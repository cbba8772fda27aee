package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.testing.Sandbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a lease costs, taken and given back, beside two bare updates of a row: on a real MariaDB
 * over TLS, each with a session of its own, as those who hold leases work.
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LeaseBenchmark {
    private static final Duration LENGTH = Duration.ofMinutes(1);

    private final Sandbox sandbox = Sandbox.shared();
    private final Leases leases = new Leases(Holdings.ofProcess(), this::open);

    @MustBeClosed
    private Connection open() throws SQLException {
        return TestParts.schema(sandbox);
    }

    @Setup
    public void makeTable() throws SQLException, Taken {
        TestParts.openSchema(sandbox);
        TestParts.makeLeases(sandbox);
        try (var lease = leases.take("bare", LENGTH, Duration.ZERO)) {
            lease.requireHeld();
        }
    }

    @TearDown
    public void endSandbox() {
        sandbox.end();
    }

    @Benchmark
    public long lease() throws SQLException, Taken {
        try (var lease = leases.take("bench", LENGTH, Duration.ZERO)) {
            return lease.fence();
        }
    }

    @Benchmark
    public int bareUpdates() throws SQLException {
        return update() + update();
    }

    private int update() throws SQLException {
        try (var session = open();
                var statement =
                        session.prepareStatement(
                                "UPDATE lease SET revision = revision + 1 WHERE name = 'bare'")) {
            return statement.executeUpdate();
        }
    }
}
