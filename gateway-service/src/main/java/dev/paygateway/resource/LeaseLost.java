package dev.paygateway.resource;

/** The lease has ended, or another has it: nothing more may be done under it. */
final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLost(String name, long fence) {
        super("the lease %s is lost (fence %d)".formatted(name, fence));
    }
}
