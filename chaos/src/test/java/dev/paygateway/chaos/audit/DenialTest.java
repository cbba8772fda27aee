package dev.paygateway.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Moment;
import dev.paygateway.chaos.audit.judge.Law;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Goal: who has been told that a payment is made is not told afterwards that it is not; but what
 * says nothing about the payment denies nothing.
 *
 * <p>Method: a payment that was answered 201 is asked for once more and refused, in every way.
 */
final class DenialTest {
    private final World world = World.consistent();
    private final Call paid = FalseAnswers.last(world, "run-sale");

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"404, not_found", "409, invalid_state", "429, rate_limited", "503, overloaded"})
    void aRefusalOfTheKeyDenies(long http, String code) {
        world.calls.add(FalseAnswers.refused(FalseAnswers.again(world, paid), http, code));
        assertThat(World.broken(world.judge())).contains(Law.I10);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "401, unauthenticated",
        "403, scope_missing",
        "409, idempotency_in_progress",
        "422, idempotency_key_reused"
    })
    void whatNobodyLookedAtTheKeyForDoesNot(long http, String code) {
        world.calls.add(FalseAnswers.refused(FalseAnswers.again(world, paid), http, code));
        assertThat(World.broken(world.judge())).doesNotContain(Law.I10);
    }

    @Test
    void aTryThatOverlapsTheFirstDoesNot() {
        var at = paid.answer().orElseThrow().at();
        var twin = FalseAnswers.again(world, paid);
        twin = Copy.with(twin, "invoked", new Moment(at.wall(), at.monotonic()));
        world.calls.add(FalseAnswers.refused(twin, 503, "overloaded"));
        assertThat(World.broken(world.judge())).isEmpty();
    }

    @Test
    void anotherMerchantOfThatKeyIsNotDenied() {
        var other = Copy.with(FalseAnswers.again(world, paid), "merchant", "m_demo2");
        world.calls.add(FalseAnswers.refused(other, 422, "no_such_feature"));
        assertThat(World.broken(world.judge())).isEmpty();
    }

    @Test
    void whoIsToldItOnceMoreIsNotDenied() {
        world.calls.add(FalseAnswers.refused(FalseAnswers.again(world, paid), 503, "overloaded"));
        world.calls.add(FalseAnswers.again(world, paid));
        assertThat(World.broken(world.judge())).doesNotContain(Law.I10);
    }
}
