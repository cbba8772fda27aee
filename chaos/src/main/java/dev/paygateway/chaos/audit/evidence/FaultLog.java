package dev.paygateway.chaos.audit.evidence;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the fault log, the fourth book: one line when a fault begins, bites, fails and ends. */
public final class FaultLog {
    private final Map<String, Fault> faults = new LinkedHashMap<>();

    private FaultLog() {}

    /**
     * The faults in the order in which they began.
     *
     * @throws BrokenEvidence if the file is missing, torn before its end, or speaks of a fault that
     *     never began
     */
    public static List<Fault> read(Path file) {
        var log = new FaultLog();
        JsonLines.read(file, log::take);
        return List.copyOf(log.faults.values());
    }

    private void take(Fields line) {
        var id = line.text("id");
        switch (line.text("event")) {
            case "injected" -> faults.put(id, begun(line));
            case "proved" -> change(line, proved(known(id, line), line));
            case "healed" -> change(line, healed(known(id, line), line.time("at")));
            case "failed" -> change(line, failed(faults.getOrDefault(id, begun(line)), line));
            case String other ->
                    throw new BrokenEvidence(
                            line.place()
                                    + ": field \"event\" is \""
                                    + other
                                    + "\", which is none of injected, proved, healed, failed");
        }
    }

    private void change(Fields line, Fault fault) {
        faults.put(line.text("id"), fault);
    }

    private Fault known(String id, Fields line) {
        var fault = faults.get(id);
        if (fault == null) {
            throw new BrokenEvidence(line.place() + ": fault " + id + " was never injected");
        }
        return fault;
    }

    private static Fault begun(Fields line) {
        return new Fault(
                line.text("id"),
                line.maybeText("fault").orElse("unnamed"),
                line.maybeText("kind").orElse("unknown"),
                line.texts("targets"),
                line.time("at"),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** A line that claims the bite and brings no measurement proves nothing. */
    private static Fault proved(Fault fault, Fields line) {
        var proofs = new ArrayList<>(fault.proofs());
        line.within("evidence").flatMap(FaultLog::measured).ifPresent(proofs::add);
        return with(fault, fault.healed(), proofs, fault.failed());
    }

    private static Optional<String> measured(Fields evidence) {
        var during = evidence.maybeText("during");
        return evidence.maybeText("what")
                .filter(_ -> during.isPresent())
                .map(what ->
                        "%s: before %s, during %s"
                                .formatted(
                                        what,
                                        evidence.maybeText("before").orElse("not measured"),
                                        during.orElseThrow()));
    }

    private static Fault healed(Fault fault, Instant at) {
        return with(fault, Optional.of(at), fault.proofs(), fault.failed());
    }

    private static Fault failed(Fault fault, Fields line) {
        var why = line.within("evidence").flatMap(FaultLog::measured);
        var ended = Optional.of(line.time("at"));
        return with(fault, ended, fault.proofs(), Optional.of(why.orElse("no reason given")));
    }

    private static Fault with(
            Fault fault, Optional<Instant> healed, List<String> proofs, Optional<String> failed) {
        return new Fault(
                fault.id(),
                fault.name(),
                fault.kind(),
                fault.targets(),
                fault.injected(),
                healed,
                proofs,
                failed);
    }
}
