package dev.paygateway.edge;

/** Whether requests for money cannot be stored now, as far as this instance knows. */
@FunctionalInterface
public interface Fenced {
    /** True: they are refused at once. */
    boolean isFenced();
}
