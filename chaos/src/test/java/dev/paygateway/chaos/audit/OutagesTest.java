package dev.paygateway.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.audit.evidence.Fault;
import dev.paygateway.chaos.audit.outage.Objectives;
import dev.paygateway.chaos.audit.outage.Outages;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Goal: I17 is measured from the client's history: a longer gap than promised and a rate that does
 * not come back are violations, and a fault that tested nothing is no proof.
 *
 * <p>Method: ten payments a second, with holes of known length beside one fault.
 */
final class OutagesTest {
    private static final Fault CUT = Traffic.fault(60, 120);

    private static Traffic calm() {
        return new Traffic().served(60);
    }

    @Test
    void aShortGapIsMeasuredAndAllowed() {
        var outages = calm().refused(69).served(200).judgedBy(CUT);
        assertThat(broken(outages)).isEmpty();
        assertThat(outages.untested()).isEmpty();
        var outage = outages.measured().getFirst();
        assertThat(outage.gap()).isBetween(Duration.ofSeconds(9), Duration.ofMillis(9_200));
        assertThat(outage.rateBack().orElseThrow())
                .isBetween(Duration.ofSeconds(8), Duration.ofSeconds(9));
    }

    @Test
    void aGapBeyondThePromiseIsAViolation() {
        assertThat(broken(calm().refused(76).served(200).judgedBy(CUT)))
                .containsExactly(
                        "nobody was served for 16.1 s, where 15.0 s is the longest allowed");
    }

    @Test
    void aGapBeyondTheGateSaysSo() {
        assertThat(broken(calm().refused(260).served(330).judgedBy(CUT)))
                .anyMatch(problem -> problem.endsWith("and even 180.0 s fail"));
    }

    @Test
    void aGapThatNeverEndsIsAViolation() {
        assertThat(broken(calm().refused(100).judgedBy(CUT)))
                .anyMatch(problem -> problem.startsWith("nobody was served for"));
    }

    @Test
    void aGapAfterTheHealingCounts() {
        assertThat(broken(calm().served(121).refused(140).served(200).judgedBy(CUT)))
                .containsExactly(
                        "nobody was served for 19.1 s, where 15.0 s is the longest allowed");
    }

    @Test
    void whereNobodyAskedNobodyWaited() {
        var outages = calm().served(70).quiet(100).served(200).judgedBy(CUT);
        assertThat(broken(outages)).isEmpty();
    }

    @Test
    void anotherPromiseMayBeLonger() {
        var objectives = Objectives.STANDARD.gapMax(Duration.ofSeconds(20));
        assertThat(broken(calm().refused(76).served(200).judgedBy(objectives, CUT))).isEmpty();
    }

    @Test
    void aRateThatComesBackTooLateIsAViolation() {
        assertThat(broken(calm().refusedOneIn(5, 100).served(200).judgedBy(CUT)))
                .containsExactly("99 % of the rate was back after 40.0 s, where 30.0 s is allowed");
    }

    @Test
    void aRateThatNeverComesBackIsAViolation() {
        assertThat(broken(calm().refusedOneIn(5, 200).judgedBy(CUT)))
                .containsExactly(
                        "99 % of the rate was back never while the load lasted,"
                                + " where 30.0 s is allowed");
    }

    @Test
    void aTrueDeclineIsAnAnswerToo() {
        assertThat(broken(calm().declined(100).served(200).judgedBy(CUT))).isEmpty();
    }

    @Test
    void eachRegionIsMeasuredApart() {
        var outages = calm().served(200, "north").judgedBy(CUT);
        var gaps = outages.measured().getFirst().gapsByRegion();
        assertThat(gaps.get("east")).isGreaterThan(Duration.ofSeconds(139));
        assertThat(gaps.get("north")).isLessThan(Duration.ofSeconds(2));
        assertThat(outages.acknowledgedByRegion())
                .containsEntry("east", 600L)
                .containsEntry("north", 1_400L);
    }

    @Test
    void whatLeavesNobodyToServeCountsFromItsEnd() {
        var crash = Copy.with(CUT, "name", "total-crash");
        var outages = calm().refused(125).served(200).judgedBy(crash);
        assertThat(broken(outages)).isEmpty();
        assertThat(outages.measured().getFirst().gap())
                .isBetween(Duration.ofSeconds(5), Duration.ofMillis(5_200));
        var late = calm().refused(140).served(200).judgedBy(crash);
        assertThat(broken(late)).hasSize(1);
    }

    @Test
    void aTotalFaultThatLastsIsNotJudgedYet() {
        var objectives = Objectives.STANDARD.total(Set.of("region-cut"));
        var open = Copy.with(CUT, "healed", Optional.empty());
        var outages = calm().refused(125).judgedBy(objectives, open);
        assertThat(outages.measured()).isEmpty();
        assertThat(outages.untested()).hasSize(1);
    }

    @Test
    void aFaultThatNobodyProvedTestedNothing() {
        var unproved = Copy.with(CUT, "proofs", List.of());
        assertThat(calm().served(200).judgedBy(unproved).untested())
                .singleElement()
                .asString()
                .endsWith("has no proof that it bit: it tested nothing");
    }

    @Test
    void aFaultThatFailedTestedNothing() {
        var failed = Copy.with(CUT, "failed", Optional.of("no such part"));
        assertThat(calm().served(200).judgedBy(failed).untested())
                .singleElement()
                .asString()
                .endsWith("did not come about: no such part");
    }

    @Test
    void aFaultWithoutLoadTestedNothing() {
        assertThat(calm().quiet(100).served(200).judgedBy(CUT).untested())
                .singleElement()
                .asString()
                .endsWith("fell into a time when nobody asked for anything");
    }

    @Test
    void aLoadThatEndsTooSoonProvesNoRate() {
        var outages = calm().refused(68).judgedBy(CUT);
        assertThat(broken(outages)).isEmpty();
        assertThat(outages.untested())
                .singleElement()
                .asString()
                .endsWith("was followed by too little load to see the rate back");
    }

    /** A client by name, and one by both regions' addresses, who was served all the while. */
    private static Traffic beside(String history, String address) {
        return new Traffic()
                .andOf("both.jsonl", "https://both")
                .served(200)
                .andOf(history, address);
    }

    @Test
    void aClientThatNobodyServesIsNotMaskedByAnother() {
        var outages =
                beside("dns.jsonl", "https://name")
                        .served(60)
                        .refused(119)
                        .served(200)
                        .judgedBy(CUT);
        assertThat(broken(outages))
                .contains(
                        "the client of dns.jsonl was not served for 59.1 s,"
                                + " where 20.0 s is its longest");
    }

    @Test
    void aClientByNameMayWaitALittleLonger() {
        var outages =
                beside("dns.jsonl", "https://name")
                        .served(60)
                        .refused(78)
                        .served(200)
                        .judgedBy(CUT);
        assertThat(broken(outages)).isEmpty();
        assertThat(outages.measured().getFirst().gapsByHistory().get("dns.jsonl"))
                .isBetween(Duration.ofSeconds(18), Duration.ofMillis(18_200));
    }

    @Test
    void aClientOfOneRegionGoesDownWithIt() {
        var outages =
                beside("east.jsonl", "https://east")
                        .served(60)
                        .refused(119)
                        .served(200)
                        .judgedBy(CUT);
        assertThat(outages.measured().getFirst().gapsByHistory()).containsOnlyKeys("both.jsonl");
    }

    /** Of histories one after the other, none waits for what it did not ask. */
    @Test
    void aClientWaitsOnlyWhileItAsks() {
        var outages =
                beside("before.jsonl", "https://name")
                        .served(30)
                        .refused(55)
                        .andOf("after.jsonl", "https://name")
                        .quiet(150)
                        .refused(152)
                        .served(200)
                        .judgedBy(CUT);
        var gaps = outages.measured().getFirst().gapsByHistory();
        assertThat(gaps.get("before.jsonl")).isZero();
        assertThat(gaps.get("after.jsonl")).isLessThan(Duration.ofSeconds(4));
        assertThat(broken(outages)).isEmpty();
    }

    /** One payment in 25 s tells of a moment, not of the time to the next one. */
    @Test
    void aThinClientWaitsOnlyWhileItTries() {
        var outages =
                beside("thin.jsonl", "https://name")
                        .every(Duration.ofSeconds(25))
                        .served(300)
                        .judgedBy(CUT);
        assertThat(outages.measured().getFirst().gapsByHistory().get("thin.jsonl"))
                .isLessThan(Duration.ofSeconds(1));
        var refused =
                beside("thin.jsonl", "https://name")
                        .every(Duration.ofSeconds(25))
                        .served(60)
                        .refused(80)
                        .served(300)
                        .judgedBy(CUT);
        assertThat(refused.measured().getFirst().gapsByHistory().get("thin.jsonl"))
                .isBetween(Duration.ofMillis(1), Duration.ofSeconds(2));
    }

    private static List<String> broken(Outages outages) {
        return outages.ruling().breaches().stream()
                .flatMap(breach -> breach.problems().stream())
                .toList();
    }
}
