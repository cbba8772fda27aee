package dev.paygateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.paygateway.payment.Acquirer;
import dev.paygateway.payment.Command;
import dev.paygateway.payment.Gateway;
import dev.paygateway.payment.Ids;
import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.Outcome;
import dev.paygateway.payment.Payment;
import dev.paygateway.payment.PaymentId;
import dev.paygateway.payment.Store;
import dev.paygateway.payment.Store.Commit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Goal: however many ask at once, a key is taken once and no more is refunded than was captured.
 *
 * <p>Method: eight threads start each race together; the rows are counted afterwards.
 */
class RaceTest {
    private static final int RACES = 1_000;
    private static final int RUNNERS = 8;

    private static final HikariDataSource POOL = TestDatabase.shared().pool(RUNNERS, true);

    private final Store store =
            new SqlStore(new TestDatabase.Pooled(POOL), new Samples.Words(), new RealTime());
    private final Merchant merchant = Samples.merchant();

    @AfterAll
    static void closePool() {
        POOL.close();
    }

    @Test
    void everyRaceForAKeyHasOneWinner() throws Exception {
        for (var race = 0; race < RACES; race++) {
            var key = "key-" + race;
            var commits = together(() -> store.commit(Samples.pay(merchant, key)));
            assertThat(commits).containsOnlyOnce(new Commit.Done());
            assertThat(commits).filteredOn(new Commit.KeyTaken()::equals).hasSize(RUNNERS - 1);
        }
        var payments =
                Probe.count("SELECT COUNT(*) FROM payment WHERE merchant_id = ?", merchant.id());
        assertThat(payments).isEqualTo(RACES);
    }

    @Test
    void everyRaceForAReferenceHasOneWinner() throws Exception {
        for (var race = 0; race < RACES / 10; race++) {
            var reference = "order-" + race;
            var commits =
                    together(() ->
                            store.commit(
                                    Samples.pay(merchant, Samples.fresh("key-"), reference, true)));
            assertThat(commits).containsOnlyOnce(new Commit.Done());
            assertThat(commits)
                    .filteredOn(Commit.ReferenceTaken.class::isInstance)
                    .hasSize(RUNNERS - 1);
        }
    }

    @Test
    void refundsNeverExceedWhatWasCaptured() throws Exception {
        var gateway =
                new Gateway(
                        store,
                        new Routes(new Willing()),
                        new RealTime(),
                        new Ids('e', UUID::randomUUID),
                        "east");
        for (var race = 0; race < 30; race++) {
            var captured = captured();
            var replies = together(() -> gateway.begin(refundOf(captured)));
            // 4.00 fits twice into 10.99.
            assertThat(replies).filteredOn(Gateway.Reply.Begun.class::isInstance).hasSize(2);
            var row = store.payment(captured).orElseThrow();
            assertThat(row.amounts().refundPending()).isEqualTo(Samples.eur(800));
            assertThat(Probe.wholeVersions(captured)).isEqualTo(4);
        }
    }

    private PaymentId captured() {
        var pay = Samples.pay(merchant, Samples.fresh("key-"));
        assertThat(store.commit(pay)).isEqualTo(new Commit.Done());
        var end = Samples.captured(pay.after(), pay.started().orElseThrow());
        assertThat(store.commit(end)).isEqualTo(new Commit.Done());
        return pay.after().id();
    }

    private Command.Refund refundOf(PaymentId payment) {
        return new Command.Refund(
                Samples.claim(merchant, Samples.fresh("key-")),
                "req-1",
                payment,
                Samples.eur(400),
                Optional.empty(),
                Optional.empty());
    }

    private static <R> List<R> together(Callable<R> work)
            throws InterruptedException, ExecutionException {
        var line = new CyclicBarrier(RUNNERS);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var runners =
                    IntStream.range(0, RUNNERS)
                            .<Future<R>>mapToObj(_ ->
                                    threads.submit(() -> {
                                        line.await();
                                        return work.call();
                                    }))
                            .toList();
            var results = new ArrayList<R>();
            for (var runner : runners) {
                results.add(runner.get());
            }
            return results;
        }
    }

    private record Routes(Acquirer only) implements Acquirer.Directory {
        @Override
        public List<Acquirer> routes() {
            return List.of(only);
        }

        @Override
        public Acquirer named(String name) {
            return only;
        }
    }

    /** An acquirer that does whatever is asked. */
    private static final class Willing implements Acquirer {
        @Override
        public String name() {
            return "amber";
        }

        @Override
        public Capabilities capabilities() {
            return new Capabilities(true, true, true, Duration.ofSeconds(10));
        }

        @Override
        public boolean isReachable() {
            return true;
        }

        @Override
        public Outcome authorize(Operation operation, Payment payment, Instrument instrument) {
            return submit(operation, payment);
        }

        @Override
        public Outcome submit(Operation operation, Payment payment) {
            return new Outcome.Approved("am_1", operation.order().amount(), Optional.empty());
        }

        @Override
        public Outcome inquire(Operation operation, Payment payment) {
            return submit(operation, payment);
        }
    }
}
