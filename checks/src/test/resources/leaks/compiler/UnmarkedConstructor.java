package dev.paygateway.sample;

/** Refused by UnmarkedAcquirer: a resource of ours whose constructor does not say so. */
final class UnmarkedConstructor implements AutoCloseable {
    UnmarkedConstructor() {} // refused

    @Override
    public void close() {}
}
