package dev.paygateway.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Call.Answer;
import dev.paygateway.chaos.audit.evidence.Moment;
import dev.paygateway.chaos.audit.judge.Law;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Goal: a read is held against what was told before it began, and against nothing that may have
 * happened later; between two clients, whose clocks differ, a second decides nothing.
 *
 * <p>Method: a read of a refunded payment, which shows the state before the refund, is moved to
 * another time, client or region.
 */
final class ReadOrderTest {
    private static final String OTHER_REGION = "https://north.test:8443";

    private final World world = World.consistent();
    private final Instant acknowledged = refund().answer().map(Answer::at).orElseThrow().wall();

    @Test
    void aReadThatOverlapsTheAcknowledgementMayShowEither() {
        change(read -> began(read, acknowledged));
        assertThat(World.broken(world.judge())).isEmpty();
    }

    @Test
    void aReplayedAnswerIsNoRead() {
        change(read -> with(read, "replayed", true));
        assertThat(World.broken(world.judge())).isEmpty();
    }

    @Test
    void aReplayedWriteMayShowTheOlderState() {
        var replay = with(FalseAnswers.secondRefund(world), "replayed", true);
        world.calls.add(replay);
        assertThat(World.broken(world.judge())).isEmpty();
    }

    @Test
    void aWriteThatOverlapsTheAcknowledgementMayShowEither() {
        world.calls.add(began(FalseAnswers.secondRefund(world), acknowledged));
        assertThat(World.broken(world.judge())).isEmpty();
    }

    @Test
    void anotherClientWithinTheSkewOfTheClocksMayShowEither() {
        change(read -> elsewhere(read, 1_000));
        assertThat(World.broken(world.judge())).isEmpty();
    }

    @Test
    void anotherClientLaterThanThatMayNot() {
        change(read -> elsewhere(read, 1_001));
        assertThat(World.broken(world.judge())).containsExactly(Law.I13);
    }

    @Test
    void theStoryNamesTheRegionThatShowedTheOlderState() {
        change(read ->
                Copy.with(
                        read,
                        "asked",
                        Copy.with(read.asked(), "target", Optional.of(OTHER_REGION))));
        assertThat(world.judge().violations().getFirst().problems())
                .singleElement()
                .asString()
                .contains(OTHER_REGION + " shows version 3")
                .contains("had shown 4");
    }

    private Call refund() {
        return world.calls.stream()
                .filter(call -> call.key().filter("run-refund"::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private void change(UnaryOperator<Call> change) {
        world.recall(Mistakes.read("sale"), read -> change.apply(FalseAnswers.beforeRefund(read)));
    }

    private static Call with(Call read, String component, Object value) {
        var answer = read.answer().map(it -> Copy.with(it, component, value));
        return Copy.with(read, "answer", answer);
    }

    private static Call began(Call read, Instant at) {
        return Copy.with(read, "invoked", new Moment(at, at.toEpochMilli()));
    }

    /** Its monotonic clock begins long before ours and proves nothing. */
    private Call elsewhere(Call read, long millisLater) {
        var moment = new Moment(acknowledged.plusMillis(millisLater), 1);
        return Copy.with(Copy.with(read, "run", "other.jsonl"), "invoked", moment);
    }
}
