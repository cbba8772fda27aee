package dev.paygateway.edge;

/** Ends the handling of a request that cannot be served; nothing was begun. */
final class Rejection extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Rejection(Problem problem) {
        super(problem.code().code() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
    }

    static Rejection of(Code code, String detail) {
        return new Rejection(Problem.of(code, detail));
    }

    static Rejection at(String place, Code code, String detail) {
        return new Rejection(Problem.of(code, detail).at(place));
    }

    Problem problem() {
        return problem;
    }
}
