package dev.paygateway.chaos.report;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the audit said.
 *
 * @param outages what each fault cost, over all clients
 * @param words what was not tested, and each violation, in one line each; the first of them
 */
public record Judgement(
        boolean passed,
        long violations,
        List<LawState> laws,
        List<Cost> outages,
        List<String> words) {
    private static final String LAW_OF_TIME = "I17";

    public Judgement {
        laws = List.copyOf(laws);
        outages = List.copyOf(outages);
        words = List.copyOf(words);
    }

    /**
     * One invariant.
     *
     * @param state kept, violated or not yet
     */
    public record LawState(
            String id, String statement, String state, long checked, long violations) {}

    /**
     * What one fault cost: the longest time in which no client was served, and when the rate was
     * back.
     */
    public record Cost(String id, String fault, Duration gap, Optional<Duration> rateBack) {}

    /** I17, the law that counts seconds, is broken, no other is, and the run did enough. */
    public boolean missedOnlyTime() {
        var broken = laws.stream().filter(law -> law.violations() > 0).map(LawState::id);
        return broken.toList().equals(List.of(LAW_OF_TIME))
                && words.stream().allMatch(word -> word.startsWith(LAW_OF_TIME + " "));
    }

    /** There was no audit. */
    public static Judgement none(String why) {
        return new Judgement(false, 0, List.of(), List.of(), List.of(why));
    }
}
