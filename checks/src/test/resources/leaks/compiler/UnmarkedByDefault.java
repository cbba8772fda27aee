package dev.paygateway.sample;

/** Refused by UnmarkedAcquirer: a resource of ours whose constructor nobody wrote. */
final class UnmarkedByDefault implements AutoCloseable { // refused
    @Override
    public void close() {}
}
