package dev.paygateway.edge;

/** Whether this instance takes new money requests. */
@FunctionalInterface
public interface Draining {
    /** True once it must only end what it has begun. */
    boolean isDraining();
}
