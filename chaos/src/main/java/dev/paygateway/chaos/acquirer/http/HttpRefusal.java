package dev.paygateway.chaos.acquirer.http;

/** A request that is refused before it is understood; it had no effect. */
public final class HttpRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status the 4xx or 5xx to answer
     * @param problem what is wrong and how to put it right, in words for the caller
     */
    public HttpRefusal(int status, String problem) {
        super(problem, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }

    public String problem() {
        return String.valueOf(getMessage());
    }
}
