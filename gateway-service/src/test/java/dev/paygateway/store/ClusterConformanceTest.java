package dev.paygateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.paygateway.payment.Bug;
import dev.paygateway.payment.Decision;
import dev.paygateway.payment.GaleraModel;
import dev.paygateway.payment.GaleraModel.Node;
import dev.paygateway.payment.Store;
import dev.paygateway.payment.Store.Commit;
import dev.paygateway.store.Histories.Call;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: the model of Galera that simulations run on does what two real Galera nodes do: of two that
 * race the first wins, reads are stale unless they wait, a key taken there is taken here.
 *
 * <p>Method: seeded histories through the service's own store at a random node of a real cluster
 * and of the model, races of two calls among them; the model is told who won, all else is compared.
 */
class ClusterConformanceTest {
    private static final long SEEDS = 12;
    private static final int CALLS = 40;

    /** Between a race's beginning in the model and what the loser learns of the winner. */
    private static final Duration UNSEEN = Duration.ofMillis(30);

    private static final Map<Node, Store> REAL = new EnumMap<>(Node.class);
    private static final List<HikariDataSource> POOLS = new ArrayList<>();
    private static Optional<TestGalera> cluster = Optional.empty();

    private final List<String> made = new ArrayList<>();

    @BeforeAll
    static void start() {
        var lacking = TestGalera.lacking();
        lacking.ifPresent(why -> System.out.println("Not held against a real cluster: " + why));
        assumeTrue(lacking.isEmpty(), () -> lacking.orElse(""));
        var started = TestGalera.started();
        cluster = Optional.of(started);
        for (var node : Node.values()) {
            var pool = TestDatabase.pool(started.port(node), 2, true);
            POOLS.add(pool);
            var connections = new TestDatabase.Pooled(pool);
            REAL.put(node, new SqlStore(connections, new Samples.Words(), new RealTime()));
        }
    }

    @AfterAll
    static void closePools() {
        POOLS.forEach(HikariDataSource::close);
    }

    private static Store real(Node node) {
        return Objects.requireNonNull(REAL.get(node));
    }

    static List<Long> seeds() {
        return LongStream.range(0, SEEDS).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void answersAlikeOnEitherNode(long seed) {
        assertThat(difference(seed, Bug.NONE)).as("seed %d: %s", seed, made).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "CERTIFICATION_OFF",
                "KEY_UNIQUE_IN_ONE_REGION",
                "WRITES_ARE_BLIND",
                "FENCE_OFF"
            })
    void noticesAModelThatIsMistaken(Bug bug) {
        var found = seeds().stream().filter(seed -> difference(seed, bug).isPresent()).findFirst();
        assertThat(found).as("%s within %d seeds", bug, SEEDS).isPresent();
    }

    /** The first answer or row of the model that the real cluster did not give. */
    private Optional<String> difference(long seed, Bug bug) {
        made.clear();
        var calls = new Histories(seed);
        var model = new GaleraModel(new Samples.Words(), bug);
        for (var number = 0; number < CALLS; number++) {
            var race = calls.dice().nextInt(3) == 0 ? calls.race() : Optional.<List<Call>>empty();
            var next = race.or(() -> calls.next().map(List::of)).orElse(List.of());
            var difference = play(next, calls.dice().nextBoolean() ? Node.EAST : Node.NORTH, model);
            calls.remember(model.truth());
            if (difference.isPresent()) {
                return difference;
            }
        }
        assertThat(calls.isEmpty()).as("seed %d begins payments", seed).isFalse();
        return Optional.empty();
    }

    private Optional<String> play(List<Call> calls, Node node, GaleraModel model) {
        made.add(node + " " + calls);
        try {
            return switch (calls.size()) {
                case 0 -> Optional.empty();
                case 1 -> one(calls.getFirst(), node, model);
                default -> race(calls, node, model);
            };
        } catch (AssertionError planted) {
            return Optional.of("the model fails: " + planted.getCause());
        }
    }

    private static Optional<String> one(Call call, Node node, GaleraModel model) {
        var expected = call.made().apply(real(node));
        var answer = call.made().apply(model.at(node));
        return different(expected, answer).or(() -> differentRows(model));
    }

    private static Optional<String> different(Object expected, Object answer) {
        return expected.equals(answer)
                ? Optional.empty()
                : Optional.of("expected " + expected + ", the model says " + answer);
    }

    /** In the model too, the loser has not seen what the winner wrote. */
    private static Optional<String> race(List<Call> calls, Node node, GaleraModel model) {
        var answers = atOnce(calls, node);
        var isFirst = isWon(answers.getFirst()) || !isWon(answers.getLast());
        var winner = isFirst ? 0 : 1;
        var at = isFirst ? node : node.other();
        model.hold(at.other(), Duration.ofHours(1));
        var won = calls.get(winner).made().apply(model.at(at));
        model.hold(at.other(), UNSEEN);
        var lost = calls.get(1 - winner).made().apply(model.at(at.other()));
        return different(answers, isFirst ? List.of(won, lost) : List.of(lost, won))
                .or(() -> differentRows(model));
    }

    private static boolean isWon(Object answer) {
        return answer instanceof Commit.Done || (answer instanceof Optional<?> o && o.isPresent());
    }

    private static List<Object> atOnce(List<Call> calls, Node node) {
        var start = new Phaser(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return Stream.of(
                            runner(calls.getFirst(), real(node), start),
                            runner(calls.getLast(), real(node.other()), start))
                    .map(runner -> CompletableFuture.supplyAsync(runner, threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
    }

    private static Supplier<Object> runner(Call call, Store store, Phaser start) {
        return () -> {
            start.arriveAndAwaitAdvance();
            return call.made().apply(store);
        };
    }

    private static Optional<String> differentRows(GaleraModel model) {
        var truth = model.truth();
        for (var node : Node.values()) {
            for (var payment : truth.all()) {
                var kept = real(node).payment(payment.id());
                var isSame = kept.equals(model.at(node).payment(payment.id()));
                if (!isSame || !kept.equals(Optional.of(payment))) {
                    return Optional.of(node + " keeps " + kept + ", the model " + payment);
                }
            }
            for (var operation : truth.allOperations()) {
                var kept = real(node).operation(operation.id());
                if (!kept.equals(model.at(node).operation(operation.id()))) {
                    return Optional.of(node + " keeps " + kept + ", the model " + operation);
                }
            }
        }
        return Optional.empty();
    }

    /** A race that nobody ran at the same time as another proves nothing. */
    @AfterAll
    static void racersMet() throws SQLException {
        var met = 0;
        for (var node : REAL.keySet()) {
            for (var counter : List.of("wsrep_local_cert_failures", "wsrep_local_bf_aborts")) {
                met += Integer.parseInt(cluster.orElseThrow().status(node, counter));
            }
        }
        System.out.printf("%d races met on the real cluster%n", met);
        assertThat(REAL.isEmpty() || met > 0).as("no race met another").isTrue();
    }

    /** What {@code CONFLICT} stands for in the model. */
    @Test
    void theFirstCommitterWins() throws SQLException {
        var begun = Samples.pay(Samples.merchant(), "key");
        assertThat(real(Node.EAST).commit(begun)).isEqualTo(new Commit.Done());
        var id = begun.after().id().value();
        try (var slow = cluster.orElseThrow().root(Node.NORTH);
                var statement = slow.createStatement()) {
            assertThat(real(Node.NORTH).payment(begun.after().id())).isPresent();
            slow.setAutoCommit(false);
            statement.execute("UPDATE payment SET version = 7 WHERE id = '" + id + "'");
            assertThat(real(Node.EAST).commit(captured(begun))).isEqualTo(new Commit.Done());
            assertThat(real(Node.NORTH).payment(begun.after().id())).isPresent();
            var late = catchThrowableOfType(SQLException.class, slow::commit);
            assertThat(SqlFailure.of(late)).isEqualTo(SqlFailure.ROLLED_BACK);
        }
    }

    private static Decision captured(Decision begun) {
        return Samples.captured(begun.after(), begun.started().orElseThrow());
    }

    /** What {@link GaleraModel#hold} stands for, and why critical reads wait. */
    @Test
    void readsAreStaleUnlessTheyWait() throws SQLException {
        assertThat(differenceWhileHeld(Bug.NONE)).isEmpty();
        assertThat(differenceWhileHeld(Bug.SYNC_WAIT_OFF)).isPresent();
    }

    private static Optional<String> differenceWhileHeld(Bug bug) throws SQLException {
        var model = new GaleraModel(new Samples.Words(), bug);
        var begun = Samples.pay(Samples.merchant(), "key");
        var id = begun.after().id();
        try (var root = cluster.orElseThrow().root(Node.NORTH);
                var statement = root.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            statement.execute("FLUSH TABLES WITH READ LOCK");
            model.hold(Node.NORTH, Duration.ofSeconds(1));
            real(Node.EAST).commit(begun);
            model.at(Node.EAST).commit(begun);
            var staleness = different(isDue(real(Node.NORTH), begun), isDue(model, begun));
            var waiting =
                    CompletableFuture.supplyAsync(() -> real(Node.NORTH).payment(id), threads);
            awaitReader(statement);
            statement.execute("UNLOCK TABLES");
            return staleness.or(() -> different(waiting.join(), model.at(Node.NORTH).payment(id)));
        }
    }

    private static boolean isDue(GaleraModel model, Decision begun) {
        return isDue(model.at(Node.NORTH), begun);
    }

    private static boolean isDue(Store store, Decision begun) {
        return store.due(Histories.at(2), Histories.EVERYBODYS)
                .contains(begun.started().orElseThrow().id());
    }

    /** Until a session of the service's user is busy with a statement. */
    private static void awaitReader(Statement statement) throws SQLException {
        var reader =
                "SELECT COUNT(*) FROM information_schema.processlist"
                        + " WHERE user = 'app' AND info LIKE '%wsrep_sync_wait%'";
        for (var isWaiting = false; !isWaiting; ) {
            try (var rows = statement.executeQuery(reader)) {
                isWaiting = rows.next() && rows.getInt(1) > 0;
            }
        }
    }
}
