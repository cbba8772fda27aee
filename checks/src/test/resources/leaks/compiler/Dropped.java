package dev.paygateway.sample;

import dev.paygateway.resource.Connections;

/** Refused by MustBeClosedChecker: a connection that is acquired and dropped. */
final class Dropped {
    void leak(Connections connections) {
        connections.acquire(); // refused
    }
}
