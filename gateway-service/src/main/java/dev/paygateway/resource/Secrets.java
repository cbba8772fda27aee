package dev.paygateway.resource;

/** Keys that Vault keeps wrapped; in the clear they exist in this process's memory alone. */
public interface Secrets {
    /** Keys the digests that tell requests under one idempotency key apart; a copy. */
    byte[] fingerprintKey();
}
