package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.judge.Law;
import java.util.List;

/**
 * One dossier that breaks one law.
 *
 * @param subject the payment, lost key or ghost charge
 * @param slice all that the three books hold about it, in time order
 */
public record Violation(Law law, String subject, List<String> problems, List<String> slice) {
    public Violation {
        problems = List.copyOf(problems);
        slice = List.copyOf(slice);
    }

    /** In one line, without the slice. */
    String told() {
        return "%s %s: %s".formatted(law, subject, String.join("; ", problems));
    }
}
