package dev.paygateway.resource;

/** The service must not start like this: says what is wrong, and what to do about it. */
public final class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String remedy;

    /**
     * A refusal in words for whoever starts the service.
     *
     * @param problem names the property or the part, and what is wrong with it
     * @param remedy what to change
     */
    public StartRefused(String problem, String remedy) {
        super(problem + ". " + remedy);
        this.problem = problem;
        this.remedy = remedy;
    }

    /** As above, with the error that was met. */
    public StartRefused(String problem, String remedy, Throwable cause) {
        super(problem + ". " + remedy, cause);
        this.problem = problem;
        this.remedy = remedy;
    }

    /** What is wrong. */
    public String problem() {
        return problem;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
