package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.Dossier;
import dev.paygateway.chaos.audit.evidence.Run;
import dev.paygateway.chaos.audit.judge.Check;
import dev.paygateway.chaos.audit.judge.Checks;
import dev.paygateway.chaos.audit.judge.Examination;
import dev.paygateway.chaos.audit.judge.Law;
import dev.paygateway.chaos.audit.judge.Ruling;
import dev.paygateway.chaos.audit.judge.Work;
import dev.paygateway.chaos.audit.outage.Outages;
import dev.paygateway.chaos.audit.secrecy.Searched;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Hears one dossier after the other and keeps the counts; no dossier outlives its hearing. */
final class Bench {
    /** Violations kept with their history; the others are only counted. */
    private static final int VIOLATIONS_KEPT_MAX = 200;

    private final Map<Law, Tally> tallies = new EnumMap<>(Law.class);
    private final List<Violation> violations = new ArrayList<>();
    private final List<String> unsearched = new ArrayList<>();
    private Work work = Work.NONE;

    Bench() {
        Checks.ALL.forEach(check -> tallies.put(check.law(), new Tally(check.law(), 0, 0)));
    }

    void hear(Dossier dossier, Examination examination) {
        work = work.plus(examination.work());
        Checks.ALL.forEach(check -> hold(check, dossier, examination));
    }

    private void hold(Check check, Dossier dossier, Examination examination) {
        var problems = check.problems(examination);
        count(check.law(), check.subjects(examination), problems.isEmpty() ? 0 : 1);
        if (!problems.isEmpty() && hasRoom()) {
            violations.add(
                    new Violation(check.law(), dossier.subject(), problems, Timeline.of(dossier)));
        }
    }

    /** Takes what a law of the whole run or system has come to. */
    void take(Ruling ruling) {
        count(ruling.law(), ruling.subjects(), ruling.breaches().size());
        ruling.breaches().stream()
                .limit(VIOLATIONS_KEPT_MAX - violations.size())
                .map(breach ->
                        new Violation(
                                ruling.law(), breach.subject(), breach.problems(), breach.slice()))
                .forEach(violations::add);
    }

    Work work() {
        return work;
    }

    /** Takes what was found by the search for secrets, and names what it could not look at. */
    void take(Searched searched) {
        take(searched.ruling());
        searched.unseen().forEach(it -> unsearched.add("not searched for secrets: " + it));
    }

    private void count(Law law, long subjects, long violated) {
        tallies.merge(law, new Tally(law, subjects, violated), Tally::plus);
    }

    private boolean hasRoom() {
        return violations.size() < VIOLATIONS_KEPT_MAX;
    }

    Verdict verdict(List<Run> runs, Outages outages, Enough enough) {
        var byRegion = outages.acknowledgedByRegion();
        var shortfalls = new ArrayList<>(enough.missing(work, byRegion));
        shortfalls.addAll(outages.untested());
        shortfalls.addAll(unsearched);
        var held = tallies.values().stream().filter(tally -> !tally.isOfNothing()).toList();
        return new Verdict(
                runs,
                work,
                byRegion,
                held,
                unjudged(held),
                violations,
                outages.measured(),
                shortfalls);
    }

    /** A law that found nothing to be held against has not been kept either. */
    private Map<Law, String> unjudged(List<Tally> held) {
        var unjudged = new EnumMap<Law, String>(Law.class);
        for (var law : Law.values()) {
            unjudged.put(law, tallies.containsKey(law) ? Law.NO_SUBJECT : law.missing());
        }
        held.forEach(tally -> unjudged.remove(tally.law()));
        return unjudged;
    }
}
