package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.Fault;
import dev.paygateway.chaos.audit.judge.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a run must have done for zero violations to mean something.
 *
 * @param acknowledgedMin operations answered 2xx
 * @param acknowledgedInEachRegionMin the same, of each region that there is
 * @param unknownsMin outcomes that were unknown for a while
 * @param reviewMax payments that may be left to people: nobody judges what became of them
 */
public record Enough(
        long acknowledgedMin, long acknowledgedInEachRegionMin, long unknownsMin, long reviewMax) {
    /** Of a load without faults. */
    public static final Enough OF_LOAD = new Enough(1, 0, 0);

    /** Of a run with faults: a fault that nobody met has tested nothing. */
    public static final Enough OF_FAULTS = new Enough(100, 10, 1);

    /** What a run needs in which these faults were played. */
    public static Enough usual(List<Fault> played) {
        return played.isEmpty() ? OF_LOAD : OF_FAULTS;
    }

    /** Of which nothing may be left to people. */
    public Enough(long acknowledgedMin, long acknowledgedInEachRegionMin, long unknownsMin) {
        this(acknowledgedMin, acknowledgedInEachRegionMin, unknownsMin, 0);
    }

    public Enough {
        if (acknowledgedMin < 1
                || acknowledgedInEachRegionMin < 0
                || unknownsMin < 0
                || reviewMax < 0) {
            throw new IllegalArgumentException(
                    "an audit of nothing is red: acknowledgedMin must be 1 or more, the others 0");
        }
    }

    /** What is missing, in words; nothing if the run did enough. */
    List<String> missing(Work work, Map<String, Long> acknowledgedByRegion) {
        var missing = new ArrayList<String>();
        demand("acknowledged operations", work.acknowledged(), acknowledgedMin, missing);
        acknowledgedByRegion.forEach((region, acknowledged) ->
                demand(
                        "operations acknowledged by region " + region,
                        acknowledged,
                        acknowledgedInEachRegionMin,
                        missing));
        demand("unknown outcomes", work.unknowns(), unknownsMin, missing);
        if (work.review() > reviewMax) {
            missing.add(
                    "%d payments of the run need review where %d may: nobody judges them"
                            .formatted(work.review(), reviewMax));
        }
        return missing;
    }

    private static void demand(String what, long done, long needed, List<String> missing) {
        if (done < needed) {
            missing.add(done + " " + what + " where " + needed + " are needed");
        }
    }
}
