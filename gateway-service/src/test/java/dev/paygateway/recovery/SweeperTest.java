package dev.paygateway.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.uuid.Generators;
import dev.paygateway.payment.Acquirer;
import dev.paygateway.payment.Claim;
import dev.paygateway.payment.Command;
import dev.paygateway.payment.Gateway;
import dev.paygateway.payment.Ids;
import dev.paygateway.payment.MemoryStore;
import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.NoWords;
import dev.paygateway.payment.OperationId;
import dev.paygateway.payment.Payment;
import dev.paygateway.payment.ScriptedAcquirer;
import dev.paygateway.payment.Time;
import dev.paygateway.resource.Holdings;
import dev.paygateway.resource.Kind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/**
 * Goal: whatever a step of recovery meets, it gives its lease back; the next step follows soon, and
 * not at once.
 *
 * <p>Method: recovery over a store in memory; one acquirer answers, another is a bug.
 */
class SweeperTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final RecoverySettings SETTINGS =
            new RecoverySettings(
                    Duration.ofMillis(10), Duration.ofMinutes(10), 100, 4, Duration.ofSeconds(10));

    private final MemoryStore store = new MemoryStore(new NoWords());
    private final ScriptedAcquirer acquirer = new ScriptedAcquirer();
    private final Ids ids = new Ids('e', Generators.timeBasedEpochGenerator()::generate);

    /** A clock that is ahead: what was begun by another clock is due. */
    private record Clock(Duration ahead) implements Time {
        @Override
        public Instant now() {
            return Instant.now().plus(ahead).truncatedTo(ChronoUnit.MILLIS);
        }

        @Override
        public void pause(Duration duration) {
            LockSupport.parkNanos(duration.toNanos());
        }
    }

    /** Counts who asks, and fails each. */
    private record Broken(AtomicInteger asked) implements Acquirer.Directory {
        @Override
        public List<Acquirer> routes() {
            return List.of();
        }

        @Override
        public Acquirer named(String name) {
            asked.incrementAndGet();
            throw new IllegalStateException("a bug");
        }
    }

    @Test
    void aStepThatFailsGivesItsLeaseBackAndIsRepeatedSoon() {
        var operation = begin();
        var asked = new AtomicInteger();
        var later = new Clock(Duration.ofMinutes(1));
        var sweeper = sweeper(new Broken(asked), later);
        sweeper.start();
        try {
            await().atMost(SOON).until(() -> isDue(operation, later.now().plusSeconds(5)));
            assertThat(asked).hasValue(1);
            assertThat(isDue(operation, later.now().plusSeconds(1))).isFalse();
            await().atMost(SOON).untilAtomic(asked, count -> assertThat(count).isGreaterThan(1));
        } finally {
            sweeper.stop();
        }
        assertThat(Holdings.ofProcess().count(Kind.LEASE)).isZero();
    }

    @Test
    void aStepThatEndsItsOperationLeavesNothingDue() {
        var operation = begin();
        var later = new Clock(Duration.ofDays(4));
        var sweeper = sweeper(acquirer, later);
        sweeper.start();
        try {
            await().atMost(SOON).until(() -> !store.operation(operation).orElseThrow().isOpen());
        } finally {
            sweeper.stop();
        }
        assertThat(isDue(operation, later.now().plusSeconds(60))).isFalse();
        assertThat(Holdings.ofProcess().count(Kind.LEASE)).isZero();
    }

    /** A clock that is set by hand, and counts the pauses. */
    private record SetClock(AtomicReference<Instant> at, AtomicInteger pauses) implements Time {
        @Override
        public Instant now() {
            return at.get();
        }

        @Override
        public void pause(Duration duration) {
            pauses.incrementAndGet();
            LockSupport.parkNanos(duration.toNanos());
        }
    }

    @Test
    void anotherRegionsOperationIsTakenOverOnceItIsOverdue() {
        var operation = begin();
        var sendUntil = store.operation(operation).orElseThrow().order().sendUntil();
        var time = new SetClock(new AtomicReference<>(sendUntil), new AtomicInteger());
        var gateway = new Gateway(store, acquirer, time, ids, "north");
        var sweeper = new Sweeper(store, gateway, time, SETTINGS, surroundings('n'));
        time.at().set(sendUntil.plusSeconds(9));
        sweeper.start();
        try {
            await().atMost(SOON)
                    .untilAtomic(time.pauses(), looks -> assertThat(looks).isGreaterThan(3));
            assertThat(isDue(operation, time.now())).isTrue();
            time.at().set(sendUntil.plusSeconds(10));
            await().atMost(SOON).until(() -> !isDue(operation, time.now()));
        } finally {
            sweeper.stop();
        }
    }

    private Sweeper sweeper(Acquirer.Directory acquirers, Time time) {
        var gateway = new Gateway(store, acquirers, time, ids, "east");
        return new Sweeper(store, gateway, time, SETTINGS, surroundings('e'));
    }

    private static Sweeper.Surroundings surroundings(char home) {
        return new Sweeper.Surroundings(home, new SimpleMeterRegistry());
    }

    private boolean isDue(OperationId operation, Instant at) {
        return store.due(at, 100).contains(operation);
    }

    /** Committed, and never sent. */
    private OperationId begin() {
        var pay =
                new Command.Pay(
                        new Claim(new Merchant("m_1", Merchant.Mode.TEST), "key-1", Map.of()),
                        "req",
                        "order-1",
                        true,
                        Payment.CaptureMode.AUTOMATIC,
                        Money.ofMinor(CurrencyUnit.EUR, 1_099),
                        new Payment.CardSummary("visa", "424242", "4242", 12, 2030),
                        Map.of(),
                        Payment.OnUnknown.WAIT,
                        Duration.ofMinutes(15));
        var gateway = new Gateway(store, acquirer, new Clock(Duration.ZERO), ids, "east");
        return Optional.of(gateway.begin(pay))
                .map(Gateway.Reply.Begun.class::cast)
                .orElseThrow()
                .work()
                .operation()
                .id();
    }
}
