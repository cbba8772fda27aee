package dev.paygateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.paygateway.payment.Bug;
import dev.paygateway.payment.GaleraModel;
import dev.paygateway.payment.GaleraModel.Node;
import dev.paygateway.payment.MemoryStore;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.Store;
import dev.paygateway.store.Histories.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: the stores that simulations run on and the one in production give the same answers.
 *
 * <p>Method: seeded histories of calls, made on what is there now and on what was there before, to
 * each; each answer and all rows are compared after each call.
 */
class StoreConformanceTest {
    private static final long SEEDS = 20;
    private static final int CALLS = 40;

    private static final HikariDataSource POOL = TestDatabase.shared().pool(1, true);

    private final Store real =
            new SqlStore(new TestDatabase.Pooled(POOL), new Samples.Words(), new RealTime());
    private final List<Call> made = new ArrayList<>();

    @AfterAll
    static void closePool() {
        POOL.close();
    }

    static List<Long> seeds() {
        return LongStream.range(0, SEEDS).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void answersAlike(long seed) {
        assertThat(difference(seed, Bug.NONE)).as("seed %d: %s", seed, made).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"WRITES_ARE_BLIND", "FENCE_OFF"})
    void noticesAModelThatIsMistaken(Bug bug) {
        var found = seeds().stream().filter(seed -> difference(seed, bug).isPresent()).findFirst();
        assertThat(found).as("%s within %d seeds", bug, SEEDS).isPresent();
    }

    /** The first answer or row that is not the same everywhere. */
    private Optional<String> difference(long seed, Bug bug) {
        made.clear();
        var calls = new Histories(seed);
        var memory = new MemoryStore(new Samples.Words());
        var galera = new GaleraModel(new Samples.Words(), bug);
        for (var number = 0; number < CALLS; number++) {
            var call = calls.next();
            if (call.isPresent()) {
                made.add(call.get());
                var difference = difference(call.get(), memory, galera);
                if (difference.isPresent()) {
                    return difference;
                }
                calls.remember(memory);
                sameRows(calls, memory);
            }
        }
        assertThat(calls.isEmpty()).as("seed %d begins payments", seed).isFalse();
        return Optional.empty();
    }

    private Optional<String> difference(Call call, MemoryStore memory, GaleraModel galera) {
        var expected = call.made().apply(real);
        assertThat(call.made().apply(memory)).as("%s", made).isEqualTo(expected);
        try {
            var answer = call.made().apply(galera.at(Node.EAST));
            var isSame =
                    answer.equals(expected)
                            && galera.truth().isLike(memory)
                            && galera.copy(Node.EAST).isLike(memory);
            return isSame
                    ? Optional.empty()
                    : Optional.of(call + " says " + answer + ", expected " + expected);
        } catch (AssertionError planted) {
            return Optional.of(call + " fails: " + planted.getCause());
        }
    }

    private void sameRows(Histories calls, MemoryStore memory) {
        for (var payment : memory.all()) {
            assertThat(real.payment(payment.id())).as("%s", made).contains(payment);
        }
        for (var operation : memory.allOperations()) {
            assertThat(real.operation(operation.id())).as("%s", made).contains(operation);
            operation.order().key().ifPresent(key -> sameHolder(key, calls, memory));
        }
        sameDue(memory);
    }

    private void sameHolder(String key, Histories calls, MemoryStore memory) {
        assertThat(real.holder(calls.merchant(), key))
                .as("%s", made)
                .isEqualTo(memory.holder(calls.merchant(), key));
    }

    private void sameDue(MemoryStore memory) {
        var at = Histories.at(2);
        var own = memory.allOperations().stream().map(Operation::id).toList();
        var due = new ArrayList<>(real.due(at, Histories.EVERYBODYS));
        due.retainAll(own);
        assertThat(due)
                .as("%s", made)
                .containsExactlyInAnyOrderElementsOf(memory.due(at, Histories.EVERYBODYS));
    }
}
