package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.Dossier;
import dev.paygateway.chaos.audit.evidence.Run;
import dev.paygateway.chaos.audit.judge.Check;
import dev.paygateway.chaos.audit.judge.Checks;
import dev.paygateway.chaos.audit.judge.Examination;
import dev.paygateway.chaos.audit.judge.Law;
import dev.paygateway.chaos.audit.judge.Work;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Hears one dossier after the other and keeps the counts; no dossier outlives its hearing. */
final class Bench {
    /** Violations kept with their history; the others are only counted. */
    private static final int VIOLATIONS_KEPT_MAX = 200;

    private final List<Run> runs;
    private final int acknowledgedMin;
    private final Map<Law, Tally> tallies = new EnumMap<>(Law.class);
    private final List<Violation> violations = new ArrayList<>();
    private Work work = Work.NONE;

    Bench(List<Run> runs, int acknowledgedMin) {
        this.runs = runs;
        this.acknowledgedMin = acknowledgedMin;
        Checks.ALL.forEach(check -> tallies.put(check.law(), new Tally(check.law(), 0, 0)));
    }

    void hear(Dossier dossier, Examination examination) {
        work = work.plus(examination.work());
        Checks.ALL.forEach(check -> hold(check, dossier, examination));
    }

    private void hold(Check check, Dossier dossier, Examination examination) {
        var problems = check.problems(examination);
        tallies.merge(
                check.law(),
                new Tally(check.law(), check.subjects(examination), problems.isEmpty() ? 0 : 1),
                Tally::plus);
        if (!problems.isEmpty() && violations.size() < VIOLATIONS_KEPT_MAX) {
            violations.add(
                    new Violation(check.law(), dossier.subject(), problems, Timeline.of(dossier)));
        }
    }

    Verdict verdict() {
        var notYet =
                Arrays.stream(Law.values())
                        .filter(law -> !tallies.containsKey(law))
                        .collect(Collectors.toUnmodifiableSet());
        return new Verdict(
                runs, work, List.copyOf(tallies.values()), notYet, violations, acknowledgedMin);
    }
}
