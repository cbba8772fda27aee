package dev.paygateway.chaos.acquirer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paygateway.chaos.acquirer.Answer.Outcome;
import dev.paygateway.chaos.acquirer.Answer.Status;
import dev.paygateway.chaos.acquirer.Fact.Effect;
import dev.paygateway.chaos.acquirer.Fact.EffectKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: the acquirer's money is right and its memory exact, whatever is asked in whatever order.
 *
 * <p>Method: the pure ledger under a stepped clock; single rules by example, and seeded schedules
 * whose facts, replayed into a second ledger, must give the same answers.
 */
class LedgerTest {
    private static final String ACCOUNT = Caller.ACCOUNT;
    private static final String VISA = "4242424242424242";
    private static final String RETURNS = "4000000000050510";
    private static final Temper TEMPER = new Temper(true, 7, Duration.ofSeconds(10));

    private final SteppedClock clock = new SteppedClock();
    private final Ledger ledger = new Ledger(TEMPER);

    static Call.Authorize hold(String reference, String card) {
        return authorize(reference, card, false);
    }

    static Call.Authorize authorize(String reference, String card, boolean capture) {
        return new Call.Authorize(
                reference, ACCOUNT, euros(1000), capture, new Call.Card(card, 12, 2090));
    }

    static Call.Capture capture(String reference, long value) {
        return new Call.Capture(reference, "op_a", ACCOUNT, euros(value), false);
    }

    static Call.Capture captureAsLast(String reference, long value) {
        return new Call.Capture(reference, "op_a", ACCOUNT, euros(value), true);
    }

    static Call.Refund refund(String reference, long value) {
        return new Call.Refund(reference, "op_a", ACCOUNT, euros(value));
    }

    static Call.Cancel release(String reference) {
        return new Call.Cancel(reference, "op_a", ACCOUNT);
    }

    static Call.Reverse reverse(String reference) {
        return new Call.Reverse(reference, "op_a", ACCOUNT);
    }

    static Amount euros(long value) {
        return new Amount(value, "EUR");
    }

    private Outcome does(Call call) {
        return (Outcome) answers(call);
    }

    private Answer answers(Call call) {
        return ledger.perform(call, clock.instant()).answer();
    }

    private Answer inquires(String reference) {
        return answers(new Call.Inquire(reference, ACCOUNT));
    }

    private Optional<DeclineCode> refusal(Call call) {
        return does(call).declineCode();
    }

    @Test
    void capturesInPartsButNeverMoreThanAuthorised() {
        does(hold("op_a", VISA));
        assertThat(does(capture("op_1", 600)).status()).isEqualTo(Status.APPROVED);
        assertThat(refusal(capture("op_2", 401))).contains(DeclineCode.INVALID_AMOUNT);
        assertThat(does(capture("op_3", 400)).status()).isEqualTo(Status.APPROVED);
        assertThat(refusal(capture("op_4", 1))).contains(DeclineCode.INVALID_STATE);
    }

    @Test
    void voidsWhatIsHeldOnceAndCapturesNoMore() {
        does(hold("op_a", VISA));
        does(capture("op_1", 300));
        assertThat(does(release("op_2")).amount()).contains(euros(700));
        assertThat(refusal(capture("op_3", 1))).contains(DeclineCode.INVALID_STATE);
        assertThat(refusal(release("op_4"))).contains(DeclineCode.INVALID_STATE);
        assertThat(does(refund("op_5", 300)).status()).isEqualTo(Status.APPROVED);
    }

    @Test
    void freesWhatAFinalCaptureLeavesAndDoesSoOnce() {
        does(hold("op_a", VISA));
        does(capture("op_1", 100));
        var judged = ledger.perform(captureAsLast("op_2", 600), clock.instant());
        assertThat(effects(judged)).containsExactly("captured 600", "released 300");
        assertThat(((Outcome) judged.answer()).amount()).contains(euros(600));
        var again = ledger.perform(captureAsLast("op_2", 600), clock.instant());
        assertThat(again.answer()).isEqualTo(judged.answer());
        assertThat(effects(again)).isEmpty();
        assertThat(answers(capture("op_2", 600))).isInstanceOf(Answer.Conflict.class);
        assertThat(refusal(capture("op_3", 1))).contains(DeclineCode.INVALID_STATE);
        assertThat(refusal(release("op_4"))).contains(DeclineCode.INVALID_STATE);
        assertThat(does(refund("op_5", 700)).status()).isEqualTo(Status.APPROVED);
    }

    @Test
    void freesNothingWhereAFinalCaptureTakesAllOrIsRefused() {
        does(hold("op_a", VISA));
        var refused = ledger.perform(captureAsLast("op_1", 1001), clock.instant());
        assertThat(effects(refused)).containsExactly("declined 1001");
        var all = ledger.perform(captureAsLast("op_2", 1000), clock.instant());
        assertThat(effects(all)).containsExactly("captured 1000");
    }

    private static List<String> effects(Ledger.Judged judged) {
        return judged.facts().stream()
                .filter(Effect.class::isInstance)
                .map(Effect.class::cast)
                .map(it -> it.kind().wire() + " " + it.amount().orElseThrow().value())
                .toList();
    }

    @Test
    void refundsInPartsButNeverMoreThanCaptured() {
        does(hold("op_a", VISA));
        assertThat(refusal(refund("op_1", 1))).contains(DeclineCode.INVALID_STATE);
        does(capture("op_2", 500));
        assertThat(does(refund("op_3", 300)).status()).isEqualTo(Status.APPROVED);
        assertThat(refusal(refund("op_4", 201))).contains(DeclineCode.INVALID_AMOUNT);
        assertThat(does(refund("op_5", 200)).status()).isEqualTo(Status.APPROVED);
    }

    @Test
    void refusesAnotherCurrencyAnotherAccountAndTheUnknown() {
        does(authorize("op_a", VISA, true));
        var dollars = new Call.Refund("op_1", "op_a", ACCOUNT, new Amount(1, "USD"));
        assertThat(refusal(dollars)).contains(DeclineCode.INVALID_AMOUNT);
        var foreign = new Call.Refund("op_2", "op_a", "acct_m_demo2", euros(1));
        assertThat(refusal(foreign)).contains(DeclineCode.INVALID_STATE);
        var foreignReversal = new Call.Reverse("op_3", "op_a", "acct_m_demo2");
        assertThat(refusal(foreignReversal)).contains(DeclineCode.INVALID_STATE);
        var unknown = new Call.Cancel("op_4", "op_nowhere", ACCOUNT);
        assertThat(refusal(unknown)).contains(DeclineCode.INVALID_STATE);
        assertThat(answers(new Call.Inquire("op_a", "acct_m_demo2")))
                .isEqualTo(new Answer.NotFound("op_a"));
    }

    @Test
    void reversesAllThatIsLeftAndSaysSoOnInquiry() {
        does(hold("op_a", VISA));
        does(capture("op_1", 600));
        does(refund("op_2", 100));
        var judged = ledger.perform(reverse("op_3"), clock.instant());
        assertThat(judged.facts().getLast())
                .isInstanceOfSatisfying(
                        Effect.class, effect -> assertThat(effect.amount()).contains(euros(900)));
        assertThat(judged.answer())
                .isInstanceOfSatisfying(
                        Outcome.class, told -> assertThat(told.amount()).contains(euros(1000)));
        assertThat(((Outcome) inquires("op_a")).status()).isEqualTo(Status.REVERSED);
        assertThat(refusal(refund("op_4", 1))).contains(DeclineCode.INVALID_STATE);
        assertThat(does(reverse("op_5")).status()).isEqualTo(Status.REVERSED);
        assertThat(does(hold("op_a", VISA)).status()).isEqualTo(Status.APPROVED);
    }

    @Test
    void declinesWhatWasReversedBeforeItCame() {
        assertThat(does(reverse("op_r")).status()).isEqualTo(Status.TOMBSTONED);
        assertThat(refusal(hold("op_a", VISA))).contains(DeclineCode.TOMBSTONED);
        assertThat(does(reverse("op_r")).status()).isEqualTo(Status.TOMBSTONED);
    }

    @Test
    void tombstonesWhatWasDeclinedBecauseNothingCanBeUndone() {
        does(hold("op_a", "4000000000000002"));
        assertThat(does(reverse("op_r")).status()).isEqualTo(Status.TOMBSTONED);
        assertThat(refusal(hold("op_a", "4000000000000002"))).contains(DeclineCode.GENERIC_DECLINE);
    }

    @Test
    void refusesAReferenceUsedForSomethingElse() {
        does(hold("op_a", VISA));
        assertThat(answers(authorize("op_a", VISA, true))).isInstanceOf(Answer.Conflict.class);
        assertThat(answers(hold("op_a", RETURNS))).isInstanceOf(Answer.Conflict.class);
        assertThat(answers(new Call.Cancel("op_a", "op_b", ACCOUNT)))
                .isInstanceOf(Answer.Conflict.class);
    }

    @Test
    void declinesCardsThatExpiredLastMonth() {
        var october = new Call.Card(VISA, 10, 2026);
        var november = new Call.Card(VISA, 11, 2026);
        assertThat(refusal(new Call.Authorize("op_1", ACCOUNT, euros(1), true, october)))
                .contains(DeclineCode.EXPIRED_CARD);
        assertThat(refusal(new Call.Authorize("op_2", ACCOUNT, euros(1), true, november)))
                .isEmpty();
    }

    @Test
    void hidesALostAnswerWithinTheWindowOnly() {
        int hiddenAtFirst = 0;
        for (int i = 0; i < 50; i++) {
            does(hold("op_" + i, "4000000000030504"));
            hiddenAtFirst += inquires("op_" + i) instanceof Answer.NotFound ? 1 : 0;
        }
        assertThat(hiddenAtFirst).isGreaterThan(40);
        clock.step(Duration.ofSeconds(8));
        for (int i = 0; i < 50; i++) {
            assertThat(inquires("op_" + i)).isInstanceOf(Outcome.class);
        }
    }

    @Test
    void hidesCard0509ForAMinuteButNotFromAReversal() {
        does(hold("op_b", "4000000000080509"));
        does(hold("op_a", "4000000000080509"));
        clock.step(Duration.ofMillis(59_999));
        assertThat(inquires("op_b")).isInstanceOf(Answer.NotFound.class);
        assertThat(does(reverse("op_r")).status()).isEqualTo(Status.REVERSED);
        clock.step(Duration.ofMillis(1));
        assertThat(((Outcome) inquires("op_b")).status()).isEqualTo(Status.APPROVED);
        assertThat(((Outcome) inquires("op_a")).status()).isEqualTo(Status.REVERSED);
    }

    @Test
    void returnsRefundsOf0510AfterThreeSeconds() {
        does(authorize("op_a", RETURNS, true));
        assertThat(does(refund("op_1", 1000)).provisional()).contains(Duration.ofSeconds(5));
        clock.step(Duration.ofMillis(2_999));
        assertThat(ledger.settle(clock.instant())).isEmpty();
        clock.step(Duration.ofMillis(1));
        assertThat(ledger.settle(clock.instant())).hasSize(1);
        assertThat(ledger.settle(clock.instant())).isEmpty();
        assertThat(((Outcome) inquires("op_1")).status()).isEqualTo(Status.RETURNED);
        assertThat(does(refund("op_2", 1000)).status()).isEqualTo(Status.APPROVED);
    }

    @Test
    void returnsNoRefundOfWhatWasReversed() {
        does(authorize("op_a", RETURNS, true));
        does(refund("op_1", 400));
        does(reverse("op_r"));
        clock.step(Duration.ofSeconds(60));
        assertThat(ledger.settle(clock.instant())).isEmpty();
    }

    @Test
    void completesWhatACrashCutBetweenTheTwoEffectsOfOneCapture() {
        var facts = ledger.perform(authorize("op_a", VISA, true), clock.instant()).facts();
        var next = new Ledger(TEMPER);
        facts.subList(0, 2).forEach(fact -> next.apply(fact, clock.instant()));
        assertThat(next.complete(clock.instant())).isEqualTo(facts.subList(2, 3));
        assertThat(next.complete(clock.instant())).isEmpty();
    }

    @Test
    void refusesBooksThatCannotBe() {
        var effect =
                new Effect(
                        EffectKind.AUTHORIZED,
                        "op_a",
                        Optional.empty(),
                        ACCOUNT,
                        Optional.of(euros(1)),
                        Optional.empty());
        assertThatThrownBy(() -> ledger.apply(effect, clock.instant()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("without its request");
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void remembersExactlyWhatItSaidAfterARestart(long seed) {
        var dice = new SplittableRandom(seed);
        var facts = new ArrayList<Fact>();
        var calls = new ArrayList<Call>();
        var replayed = new Ledger(TEMPER);
        for (int i = 0; i < 60; i++) {
            clock.step(Duration.ofMillis(dice.nextInt(700)));
            var call = any(dice);
            calls.add(call);
            facts.addAll(ledger.settle(clock.instant()));
            facts.addAll(ledger.perform(call, clock.instant()).facts());
            facts.forEach(fact -> replayed.apply(fact, clock.instant()));
            facts.clear();
        }
        var now = clock.instant();
        for (var call : calls) {
            assertThat(replayed.perform(call, now)).isEqualTo(ledger.perform(call, now));
            var inquiry = new Call.Inquire(call.reference(), ACCOUNT);
            assertThat(replayed.perform(inquiry, now)).isEqualTo(ledger.perform(inquiry, now));
        }
    }

    private static Call any(SplittableRandom dice) {
        var cards = List.of(VISA, RETURNS, "4000000000080509", "4000000000020505");
        var reference = "op_" + dice.nextInt(40);
        return switch (dice.nextInt(6)) {
            case 0 -> authorize("op_a", cards.get(dice.nextInt(4)), dice.nextBoolean());
            case 1 ->
                    new Call.Capture(
                            reference,
                            "op_a",
                            ACCOUNT,
                            euros(dice.nextLong(1, 800)),
                            dice.nextBoolean());
            case 2 -> refund(reference, dice.nextLong(1, 500));
            case 3 -> release(reference);
            case 4 -> dice.nextInt(10) == 0 ? reverse(reference) : refund(reference, 5);
            default -> new Call.Inquire(reference, ACCOUNT);
        };
    }
}
