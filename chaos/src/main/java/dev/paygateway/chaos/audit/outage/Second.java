package dev.paygateway.chaos.audit.outage;

/** What a client saw within one second; a run of any rate is as large as it is long. */
final class Second {
    private long tries;
    private long asked;
    private long servedAtOnce;
    private long firstServed = Long.MAX_VALUE;
    private long lastServed = Long.MIN_VALUE;

    void tried() {
        tries++;
    }

    /** A new payment was asked for in this second. */
    void asked(boolean servedAtOnce) {
        asked++;
        this.servedAtOnce += servedAtOnce ? 1 : 0;
    }

    void served(long millis) {
        firstServed = Math.min(firstServed, millis);
        lastServed = Math.max(lastServed, millis);
    }

    boolean isServed() {
        return lastServed != Long.MIN_VALUE;
    }

    long tries() {
        return tries;
    }

    long asked() {
        return asked;
    }

    long servedAtOnce() {
        return servedAtOnce;
    }

    long firstServed() {
        return firstServed;
    }

    long lastServed() {
        return lastServed;
    }
}
