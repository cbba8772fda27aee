package dev.paygateway.chaos.audit.judge;

import java.util.List;

/**
 * What a law comes to that is held against the whole run or system, not against one payment.
 *
 * @param subjects how many things it was held against
 */
public record Ruling(Law law, long subjects, List<Breach> breaches) {
    public Ruling {
        breaches = List.copyOf(breaches);
    }

    /**
     * One thing that breaks the law.
     *
     * @param slice what the books hold about it
     */
    public record Breach(String subject, List<String> problems, List<String> slice) {
        public Breach {
            problems = List.copyOf(problems);
            slice = List.copyOf(slice);
        }
    }
}
