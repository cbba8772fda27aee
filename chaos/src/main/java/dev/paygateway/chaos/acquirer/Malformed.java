package dev.paygateway.chaos.acquirer;

/** JSON that is not what it should be; the message names the field and what is wrong with it. */
final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String problem) {
        super(problem, null, false, false);
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
