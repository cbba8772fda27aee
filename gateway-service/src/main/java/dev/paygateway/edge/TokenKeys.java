package dev.paygateway.edge;

/** The keys that tokens are signed with, as their owner last read them. */
public interface TokenKeys {
    /** A JWK set in JSON, from memory: no request ever waits for it. */
    String current();

    /** The same, read anew from the issuers; asked for when a token names a key not known yet. */
    String refreshed();
}
