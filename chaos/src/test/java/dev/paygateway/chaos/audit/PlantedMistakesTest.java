package dev.paygateway.chaos.audit;

import static dev.paygateway.chaos.audit.judge.Law.I1;
import static dev.paygateway.chaos.audit.judge.Law.I10;
import static dev.paygateway.chaos.audit.judge.Law.I11;
import static dev.paygateway.chaos.audit.judge.Law.I12;
import static dev.paygateway.chaos.audit.judge.Law.I13;
import static dev.paygateway.chaos.audit.judge.Law.I14;
import static dev.paygateway.chaos.audit.judge.Law.I16;
import static dev.paygateway.chaos.audit.judge.Law.I2;
import static dev.paygateway.chaos.audit.judge.Law.I3;
import static dev.paygateway.chaos.audit.judge.Law.I4;
import static dev.paygateway.chaos.audit.judge.Law.I7;
import static dev.paygateway.chaos.audit.judge.Law.I8;
import static dev.paygateway.chaos.audit.judge.Law.I9;
import static dev.paygateway.chaos.audit.judge.Law.PHANTOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.paygateway.chaos.audit.evidence.BookLine.Effect;
import dev.paygateway.chaos.audit.evidence.Row;
import dev.paygateway.chaos.audit.judge.Law;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: the audit is silent about a world without a mistake, and names the broken laws, no others,
 * for each mistake there can be.
 *
 * <p>Method: one mistake is planted in a consistent world of eight payments in memory.
 */
class PlantedMistakesTest {
    private static final int PARTS = 5;
    private static final int TIME_WIDTH = "2026-11-24T02:00:00.000Z".length();

    @Test
    void aConsistentWorldBreaksNothing() {
        var verdict = World.consistent().judge();
        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.work().acknowledged()).isEqualTo(9);
        assertThat(verdict.work().unknowns()).isEqualTo(2);
    }

    @Test
    void everyLawThatIsCheckedWasHeldAgainstSomething() {
        assertThat(World.consistent().judge().tallies())
                .hasSize(14)
                .allMatch(tally -> tally.subjects() > 0);
    }

    @Test
    void whatNothingChecksIsNotYetAndNotPassed() {
        assertThat(World.consistent().judge().notYet())
                .containsOnlyKeys(
                        Law.I5,
                        Law.I6,
                        Law.I15,
                        Law.I17,
                        Law.I18,
                        Law.I18_CHAIN,
                        Law.I19,
                        Law.I19_SESSIONS,
                        Law.I20)
                .doesNotContainValue("");
    }

    /** The same answer to the key's own body breaks I10. */
    @Test
    void whatAnotherBodyIsToldSaysNothingOfItsKey() {
        var world = World.consistent();
        Mistakes.saidNoMoneyMoved(world);
        var last = world.calls.removeLast();
        var other = Copy.with(last.asked(), "body", Optional.of("another body"));
        world.calls.add(Copy.with(last, "asked", other));
        assertThat(world.judge().violations()).isEmpty();
    }

    /** A history that is still being written lacks what was asked for last. */
    @Test
    void aRefundIsOfARunByItsOwnTime() {
        var world = World.consistent();
        world.calls.removeIf(call -> call.key().equals(Optional.of("run-refund")));
        assertThat(World.broken(world.judge())).containsExactly(PHANTOM);
        world.change(
                Row.Operation.class,
                row -> row.key().filter(key -> key.key().equals("run-refund")).isPresent(),
                row -> Copy.with(row, "createdAt", world.run().ended().plusSeconds(1)));
        assertThat(world.judge().violations()).isEmpty();
    }

    @Test
    void aRunThatTestedNothingFails() {
        var verdict = new World().judge();
        assertThat(verdict.violated()).isZero();
        assertThat(verdict.passed()).isFalse();
    }

    /** Whether its charge is right is nobody's finding; so it must not be many. */
    @Test
    void whatIsLeftToPeopleProvesNothing() {
        var world = World.consistent();
        world.story("parked", 900, true).silence().park();
        var verdict = world.judge();
        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.work().review()).isEqualTo(1);
        assertThat(verdict.shortfalls()).singleElement().asString().startsWith("1 payments");
        assertThat(world.judgeBy(world.runFromNow()).work().review()).isZero();
    }

    /** A lab that is used again: what was unknown in an earlier drill is no work of this one. */
    @Test
    void whatWasUnknownToOthersIsNoWorkOfThisRun() {
        var world = World.consistent();
        world.calls.clear();
        assertThat(world.judgeBy(world.runFromNow()).work().unknowns()).isZero();
        assertThat(World.consistent().judge().work().unknowns()).isEqualTo(2);
    }

    @Test
    void aViolationTellsItsWholeHistoryInTimeOrder() {
        var world = World.consistent();
        Mistakes.ghostCharge(world);
        Mistakes.amountInRow(world);
        var slice =
                world.judge().violations().stream()
                        .filter(violation -> violation.subject().equals("pay_sale"))
                        .findFirst()
                        .orElseThrow()
                        .slice();
        assertThat(slice).extracting(line -> line.substring(0, TIME_WIDTH)).isSorted();
        assertThat(String.join("\n", slice))
                .contains("invoke PAY call 1", "OK 201 PAY", "payment.captured")
                .contains("amber", "effect AUTHORIZED 1099", "effect REFUNDED 500");
    }

    @Test
    void theTableHasAMistakeForEachLawThatIsChecked() {
        var planted =
                mistakes()
                        .map(arguments -> (Set<?>) arguments.get()[2])
                        .flatMap(Set::stream)
                        .collect(Collectors.toSet());
        assertThat(planted).hasSize(14);
    }

    @ParameterizedTest(name = "{0} breaks {2}")
    @MethodSource("mistakes")
    void aMistakeIsFound(String name, Consumer<World> mistake, Set<Law> broken) {
        var world = World.consistent();
        mistake.accept(world);
        var verdict = world.judge();
        assertThat(World.broken(verdict))
                .as("%s: %s", name, verdict.violations())
                .isEqualTo(broken);
        assertThat(Set.copyOf(world.judgeIn(PARTS, world.run()).violations()))
                .as("the same, whatever the parts")
                .isEqualTo(Set.copyOf(verdict.violations()));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(client(), database(), acquirer()).flatMap(mistakes -> mistakes);
    }

    private static Stream<Arguments> client() {
        return Stream.of(
                planted("ok, and no row", Mistakes::paymentNeverStored, I1),
                planted("ack, and no row", Mistakes::acknowledgedNeverStored, I1),
                planted("ok with another amount", Mistakes::otherAmountAnswered, I1),
                planted("ok for another payment", Mistakes::otherPaymentAnswered, I1, I2),
                planted("ok with another status", Mistakes::otherStatusAnswered, I1),
                planted("fail, and captured", Mistakes::failedButCaptured, I10),
                planted("money_moved: no, and captured", Mistakes::saidNoMoneyMoved, I10),
                planted("replay with another body", Mistakes::replayDiffers, I9),
                planted("other body taken", Mistakes::otherBodyTaken, I9),
                planted("stored answer is another", Mistakes::storedAnswerDiffers, I9),
                planted("a read flips back", Mistakes::readFlips, I11, I13),
                planted("a read older than the payment", Mistakes::readBeforePayment, I13),
                planted("a read older than the refund", Mistakes::readBeforeRefund, I13),
                planted("a read that finds nothing", Mistakes::readFindsNothing, I13),
                planted("a read older than a read", FalseAnswers::readsGoBack, I14),
                planted("never invoked", Mistakes::neverInvoked, PHANTOM),
                planted("never invoked, strict", Mistakes::neverInvokedStrictly, PHANTOM),
                planted("ok, then said to be unpaid", FalseAnswers::paymentDenied, I10),
                planted("ok, then the refund refused", FalseAnswers::refundDenied, I10),
                planted("a write older than another", FalseAnswers::refusedOnOldState, I13),
                planted("ok with other money", FalseAnswers::otherMoneyAnswered, I1),
                planted("refused with other money", FalseAnswers::otherMoneyInRefusal, I1),
                planted("a read of other money", FalseAnswers::otherMoneyRead, I13),
                planted("a read of another status", FalseAnswers::otherStatusRead, I13),
                planted("a read of what never was", FalseAnswers::versionNeverMade, I13),
                planted("ok, and refund declined", FalseAnswers::declinedRefundAnswered, I1),
                planted("ok, and capture declined", FalseAnswers::declinedCaptureAnswered, I1),
                planted("refunded at its first event", FalseAnswers::refundDoneTooSoon, I1),
                planted("refunded at another's event", FalseAnswers::refundOfAnotherVersion, I1));
    }

    private static Stream<Arguments> database() {
        return Stream.of(
                planted("payment row deleted", Mistakes::paymentDeleted, I1, I12),
                planted("amount changed in the row", Mistakes::amountInRow, I3, I7),
                planted("another card in the row", WrongCards::cardInRow, I1, I3),
                planted("another card was charged", WrongCards::cardInBook, I3),
                planted("amount changed in an event", Mistakes::amountInEvent, I1, I7),
                planted("operation's amount changed", Mistakes::operationAmount, I1, I3, I7),
                planted("refunded more than captured", Mistakes::overRefunded, I4, I7, I13),
                planted("one key, two payments", Mistakes::keyTwice, I2),
                planted("event deleted", Mistakes::eventDeleted, I8, I12),
                planted("event twice", Mistakes::eventTwice, I8, I12),
                planted("outbox row deleted", Mistakes::outboxDeleted, I12),
                planted("operation deleted", Mistakes::operationDeleted, I3, I7, I12),
                planted("key deleted", Mistakes::keyDeleted, I12),
                planted("key names another operation", Mistakes::keyMisled, I1, I12),
                planted("answer not stored", Mistakes::answerMissing, I12),
                planted("illegal transition", Mistakes::illegalTransition, I7, I13),
                planted("outcome flips", Mistakes::outcomeFlips, I7, I11),
                planted("left unknown", Mistakes::leftUnknown, I16),
                planted("operation left open", Mistakes::operationLeftOpen, I1, I7, I12, I16),
                planted("settled too late", Mistakes::settledTooLate, I16));
    }

    private static Stream<Arguments> acquirer() {
        return Stream.of(
                planted("ghost charge", Mistakes::ghostCharge, I3),
                planted("ghost charge of a failed key", Mistakes::ghostOfFailedKey, I3, I10),
                planted("ghost charge of a silent key", Mistakes::ghostOfSilentKey, I11),
                planted("ghost approval", Mistakes::ghostApproval, I3),
                planted("charged twice", Mistakes::chargedTwice, I2, I3),
                planted("charged at both acquirers", Mistakes::chargedAtBoth, I2, I3),
                planted("declined, yet charged", Mistakes::declinedYetCharged, I3, I10),
                planted("other amount", Mistakes::otherAmount, I3),
                planted("other currency", Mistakes::otherCurrency, I3),
                planted("other account", Mistakes::otherAccount, I3),
                planted("refund not made", Mistakes::refundMissing, I3),
                planted("refund made twice", Mistakes::refundTwice, I3),
                planted("refund of what was given back", PlantedMistakesTest::overdrawn, I4),
                planted("void not made", Mistakes::voidMissing, I3),
                planted("rest of a final capture held", PlantedMistakesTest::restStillHeld, I3),
                planted("return not booked", Mistakes::returnNotBooked, I3),
                planted("capture of another payment", PlantedMistakesTest::otherCaptured, I3),
                planted("refund of another payment", PlantedMistakesTest::otherRefunded, I3, I4),
                planted("taken without a grant", PlantedMistakesTest::neverGranted, I3),
                planted("more refunded than captured", PlantedMistakesTest::overpaid, I3, I4));
    }

    /** A refund of it all, and once more of as much, which the acquirer does not take. */
    private static void overdrawn(World world) {
        world.story("drawn", 1000, true).approve().refund("all", 1000).succeed();
        var given = (Effect) world.book.getLast();
        world.book.add(Copy.with(given, "kind", Effect.Kind.DECLINED));
    }

    /** We answered that a final capture holds no more, and the acquirer does. */
    private static void restStillHeld(World world) {
        world.tearOut(Effect.class, effect -> effect.is(Effect.Kind.RELEASED));
    }

    /** The capture is ours, and takes the money of another payment. */
    private static void otherCaptured(World world) {
        ofAnother(world, Effect.Kind.CAPTURED, "op_partly_1");
    }

    private static void otherRefunded(World world) {
        ofAnother(world, Effect.Kind.REFUNDED, "op_sale_1");
    }

    private static void ofAnother(World world, Effect.Kind kind, String reference) {
        world.rewrite(
                Effect.class,
                effect -> effect.is(kind) && effect.reference().equals(reference),
                effect -> Copy.with(effect, "original", Optional.of("op_silent_0")));
    }

    /** No row says that it was taken: people are still to tell. */
    private static void neverGranted(World world) {
        world.story("parked", 900, true).silence().park();
        world.rewrite(
                Effect.class,
                effect -> effect.reference().equals("op_parked_0"),
                effect -> Copy.with(effect, "kind", Effect.Kind.CAPTURED));
    }

    /** A refund of it all, and the acquirer gives as much once more. */
    private static void overpaid(World world) {
        world.story("generous", 1000, true).approve().refund("gift", 1000).succeed();
        world.book.add(world.book.getLast());
    }

    private static Arguments planted(String name, Consumer<World> mistake, Law... broken) {
        return arguments(name, mistake, Set.of(broken));
    }
}
