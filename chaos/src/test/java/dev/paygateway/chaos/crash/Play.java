package dev.paygateway.chaos.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.fault.Faults;
import dev.paygateway.chaos.fault.Injection;
import dev.paygateway.chaos.fault.Settings;
import dev.paygateway.chaos.lab.Signal;
import dev.paygateway.chaos.load.Mix;
import java.time.Duration;

/** Traffic, and what happens to the system meanwhile: all of it harmless, unless a guard lacks. */
enum Play {
    /** Payments, some of them asked for twice, some with another body under the same key. */
    LOAD {
        @Override
        void on(World world) {
            load(world, RATE_PER_SECOND, LENGTH).await();
        }
    },
    /** An instance is killed between an acquirer's effect and its answer. */
    KILL {
        @Override
        void on(World world) throws Exception {
            var load = load(world, RATE_PER_SECOND, LENGTH);
            var point = CrashPoint.AFTER_THE_EFFECT;
            assertThat(world.killAt(point, "gateway-1", LIMIT)).as("%s", point).isTrue();
            world.lab().start("gateway-1");
            load.await();
        }
    },
    /** The database is killed in the middle of it. */
    CRASH {
        @Override
        void on(World world) {
            var before = payments(world);
            var load = load(world, RATE_PER_SECOND, LENGTH);
            assertThat(World.await(LIMIT, () -> payments(world) > before + SOME)).isTrue();
            world.lab().stop("database", Signal.KILL);
            world.lab().start("database");
            load.await();
        }
    },
    /** More refunds at once than there is money, over every instance. */
    REFUNDS {
        @Override
        void on(World world) {
            world.refunds(REFUNDED, REFUNDED_AT_ONCE);
        }
    },
    /** The same while the regions do not see each other: no edge can send a refund home. */
    REFUNDS_APART {
        @Override
        void on(World world) {
            try (var _ = apart(world)) {
                world.refunds(REFUNDED, REFUNDED_AT_ONCE);
            }
        }
    },
    /**
     * Large transactions of somebody else keep the other region's node busy for seconds, and no
     * edge can send a read home.
     */
    LARGE_APART {
        @Override
        void on(World world) {
            try (var _ = apart(world)) {
                payBesideLargeOnes(world);
            }
        }

        private static void payBesideLargeOnes(World world) {
            var lab = world.lab();
            lab.sql("CREATE DATABASE elsewhere");
            lab.sql("CREATE TABLE elsewhere.large (id INT PRIMARY KEY, t CHAR(200))");
            var before = payments(world);
            var load = load(world, RATE_PER_SECOND, LENGTH.multipliedBy(5));
            for (var turn = 1; turn <= TURNS; turn++) {
                var mark = before + turn * SOME;
                assertThat(World.await(LIMIT, () -> payments(world) > mark)).isTrue();
                // 20 MB, one transaction.
                lab.sql(
                        """
                        USE elsewhere; INSERT INTO large
                        SELECT %d * 1000000 + seq, REPEAT('x', 200) FROM seq_1_to_100000
                        """
                                .formatted(turn));
            }
            load.await();
            lab.sql("DROP DATABASE elsewhere");
        }
    };

    private static final long SEED = Long.getLong("crash.seed", 20_261_124);
    private static final double RATE_PER_SECOND = 10;
    private static final Duration LENGTH = Duration.ofSeconds(12);

    /** Only the card that always succeeds: there is little to wait for. */
    private static final Duration SETTLE = Duration.ofSeconds(60);

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long SOME = 40;
    private static final int REFUNDED = 24;
    private static final int REFUNDED_AT_ONCE = 4;
    private static final int TURNS = 6;
    private static final Duration APART_MAX = Duration.ofMinutes(5);

    abstract void on(World world) throws Exception;

    private static World.Load load(World world, double ratePerSecond, Duration length) {
        return world.load(ratePerSecond, Mix.OK, SEED, length, SETTLE);
    }

    @MustBeClosed
    private static Injection apart(World world) {
        var settings = Settings.seeded(SEED).lasting(APART_MAX);
        return Faults.play(World.experiment("regions-apart"), world.lab(), settings);
    }

    private static long payments(World world) {
        return Long.parseLong(world.lab().sql("SELECT COUNT(*) FROM gateway.payment").getFirst());
    }
}
