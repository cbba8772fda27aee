package dev.paygateway.chaos.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that is told of one drill.
 *
 * @param versions of every part, by its name
 * @param faultAt when the first fault began
 * @param gates what must hold; the verdict is nothing but all of them
 */
public record DrillReport(
        Subject subject,
        Map<String, String> versions,
        Instant faultAt,
        List<StepDone> steps,
        List<FaultSpan> faults,
        List<ClientView> clients,
        List<GateResult> gates,
        Judgement judgement) {
    /**
     * Which drill it was.
     *
     * @param seed of every choice: repeat it with {@code ./gateway drill NAME --seed N}
     * @param commit of the checkout, with a star if it had changes
     */
    public record Subject(
            String drill,
            String title,
            String hypothesis,
            long seed,
            String commit,
            Instant started,
            Instant ended) {}

    public DrillReport {
        versions = new TreeMap<>(versions);
        steps = List.copyOf(steps);
        faults = List.copyOf(faults);
        clients = List.copyOf(clients);
        gates = List.copyOf(gates);
    }

    public boolean passed() {
        return !gates.isEmpty() && gates.stream().allMatch(GateResult::passed);
    }

    /** It failed, and by nothing but seconds: what was paid is in order, and so is the proof. */
    public boolean missedOnlyTime() {
        var broken = gates.stream().filter(gate -> !gate.passed()).toList();
        return !broken.isEmpty() && broken.stream().allMatch(GateResult::ofTime);
    }
}
