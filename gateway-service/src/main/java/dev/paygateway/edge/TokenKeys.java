package dev.paygateway.edge;

/** The keys that tokens are signed with, as their owner last read them. */
public interface TokenKeys {
    /** A JWK set in JSON, from memory: no request ever waits for it. */
    String current();

    /**
     * Has them read anew in the background, seldom however often it is asked for; returns at once.
     */
    void refresh();
}
