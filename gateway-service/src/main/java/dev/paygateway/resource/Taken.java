package dev.paygateway.resource;

/** Another has it, and did not give it back within the wait. */
public final class Taken extends Exception {
    private static final long serialVersionUID = 1L;

    Taken(String what) {
        super(what + " is taken");
    }
}
