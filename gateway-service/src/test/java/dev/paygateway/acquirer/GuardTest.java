package dev.paygateway.acquirer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.payment.Time;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: "provably unsent" is said only if it holds for every single try; an acquirer that serves
 * nobody is left alone.
 *
 * <p>Method: scripted tries; the words that the guard finds for all of them together.
 */
class GuardTest {
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(8);
    private static final Exchange UNSENT = new Exchange.Unsent("refused connection");
    private static final Exchange SILENT = new Exchange.Silent("timeout");
    private static final Exchange BROKEN = new Exchange.Answered(500, "");
    private static final Exchange FINE = new Exchange.Answered(200, "{}");

    private final ArrayDeque<Exchange> script = new ArrayDeque<>();
    private final Guard guard = guard();

    private static Guard guard() {
        var link =
                new AcquirerSettings.Link(
                        "amber",
                        URI.create("https://127.0.0.1"),
                        "acct_",
                        8,
                        true,
                        true,
                        true,
                        Duration.ofSeconds(10));
        return new Guard(link, new StoppedTime(), Guard.Registries.create());
    }

    private record StoppedTime() implements Time {
        @Override
        public Instant now() {
            return NOW;
        }

        @Override
        public void pause(Duration duration) {
            throw new AssertionError("the guard waits by itself");
        }
    }

    private Exchange call(boolean isRepeatable, Instant deadline, Exchange... tries) {
        script.clear();
        script.addAll(List.of(tries));
        return guard.call(script::pop, isRepeatable, deadline);
    }

    @Test
    void isUnsentOnlyIfEveryTryWas() {
        assertThat(call(true, LATER, UNSENT, UNSENT, UNSENT)).isEqualTo(UNSENT);
        assertThat(call(true, LATER, SILENT, UNSENT, UNSENT)).isInstanceOf(Exchange.Silent.class);
        assertThat(call(true, LATER, UNSENT, SILENT, UNSENT)).isInstanceOf(Exchange.Silent.class);
    }

    @Test
    void doesNotTakeABrokenAnswerBeforeAnUnsentTryForProof() {
        assertThat(call(true, LATER, BROKEN, UNSENT, UNSENT)).isInstanceOf(Exchange.Silent.class);
        assertThat(call(true, LATER, BROKEN, BROKEN, UNSENT)).isInstanceOf(Exchange.Silent.class);
    }

    @Test
    void doesNotTakeOneTriesRefusalForProofAboutAnEarlierOne() {
        var refused =
                new Exchange.Answered(200, "{\"reference\":\"op_1\",\"status\":\"not_processed\"}");
        assertThat(call(true, LATER, refused)).isEqualTo(refused);
        assertThat(call(true, LATER, UNSENT, refused)).isEqualTo(refused);
        assertThat(call(true, LATER, SILENT, refused)).isInstanceOf(Exchange.Silent.class);
        assertThat(call(true, LATER, BROKEN, refused)).isInstanceOf(Exchange.Silent.class);
    }

    @Test
    void repeatsUntilThereIsAnAnswer() {
        assertThat(call(true, LATER, SILENT, BROKEN, FINE)).isEqualTo(FINE);
        assertThat(script).isEmpty();
    }

    @Test
    void triesOnceWhereARepeatIsNotHarmless() {
        assertThat(call(false, LATER, SILENT, FINE)).isEqualTo(SILENT);
        assertThat(script).containsExactly(FINE);
    }

    @Test
    void startsNoTryThatCouldEndAfterTheLimit() {
        assertThat(call(true, NOW.plusSeconds(1), FINE)).isInstanceOf(Exchange.Unsent.class);
        assertThat(script).containsExactly(FINE);
    }

    @Test
    void opensAfterTroubleAndSendsNothingMore() {
        for (var calls = 0; calls < 10; calls++) {
            call(true, LATER, SILENT, SILENT, SILENT);
        }
        assertThat(guard.isOpen()).isTrue();
        assertThat(call(true, LATER, FINE)).isInstanceOf(Exchange.Unsent.class);
        assertThat(script).containsExactly(FINE);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 401, 403, 429})
    void opensWhereTheAcquirerAnswersThatItServesNobody(int status) {
        answerOften(new Exchange.Answered(status, ""));
        assertThat(guard.isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 404, 409, 422})
    void staysClosedWhereAnAnswerIsAboutTheCall(int status) {
        answerOften(new Exchange.Answered(status, "{}"));
        assertThat(guard.isOpen()).isFalse();
    }

    private void answerOften(Exchange answer) {
        for (var calls = 0; calls < 20; calls++) {
            call(false, LATER, answer);
        }
    }
}
