package dev.paygateway.payment;

/** How payments are put into words that merchants read; stored with the commit that caused them. */
public interface Rendering {
    /** The payment as a GET would answer it now, in JSON. */
    String snapshot(Payment payment);

    /** The final answer to the request that began this operation. */
    Answer answer(Payment payment, Operation operation);
}
