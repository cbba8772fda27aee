package dev.paygateway.chaos.audit.evidence;

/**
 * Evidence that is missing or cannot be read as what it must be. The audit ends with it: a verdict
 * on part of a book would be worth nothing.
 */
public final class BrokenEvidence extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokenEvidence(String problem) {
        super(problem);
    }

    BrokenEvidence(String problem, Throwable cause) {
        super(problem, cause);
    }
}
