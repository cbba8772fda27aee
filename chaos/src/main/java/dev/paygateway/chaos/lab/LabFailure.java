package dev.paygateway.chaos.lab;

/** Something the lab could not do, told so that the reader knows what to do next. */
public final class LabFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What the launcher exits with (design.md, "The launcher"). */
    public enum Kind {
        FAILED(1),
        USAGE(2),
        MACHINE_LACKS(3);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;

    private LabFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public static LabFailure failed(String message) {
        return new LabFailure(Kind.FAILED, message);
    }

    public static LabFailure failed(String message, Throwable cause) {
        var failure = new LabFailure(Kind.FAILED, message);
        failure.initCause(cause);
        return failure;
    }

    static LabFailure usage(String message) {
        return new LabFailure(Kind.USAGE, message);
    }

    /** The machine lacks {@code what}; {@code command} installs it. */
    public static LabFailure machineLacks(String what, String command) {
        return new LabFailure(
                Kind.MACHINE_LACKS,
                "this machine lacks " + what + "; install it with:\n  " + command);
    }

    public Kind kind() {
        return kind;
    }
}
