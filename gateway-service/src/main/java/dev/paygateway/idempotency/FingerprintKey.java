package dev.paygateway.idempotency;

/** The secret under which requests are fingerprinted; every instance must have the same. */
@FunctionalInterface
public interface FingerprintKey {
    /** At least 32 bytes; a copy for one use, to be overwritten after it. */
    byte[] bytes();
}
