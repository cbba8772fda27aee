package dev.paygateway.sample;

import dev.paygateway.resource.Connections;
import dev.paygateway.resource.HeldConnection;

/** Refused by MustBeClosedChecker: a connection that is returned by a method that does not say so. */
final class HandedOnUnsaid {
    HeldConnection leak(Connections connections) {
        return connections.acquire(); // refused
    }
}
