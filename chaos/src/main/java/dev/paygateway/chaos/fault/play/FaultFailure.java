package dev.paygateway.chaos.fault.play;

/** A fault that could not be made, did not bite, or could not be taken back. */
public final class FaultFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FaultFailure(String message) {
        super(message);
    }
}
