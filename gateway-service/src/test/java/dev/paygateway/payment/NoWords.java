package dev.paygateway.payment;

/** Where nobody reads the answers. */
public final class NoWords implements Rendering {
    @Override
    public String snapshot(Payment payment) {
        return "{}";
    }

    @Override
    public Answer answer(Payment payment, Operation operation) {
        return new Answer(201, "{}");
    }
}
