package dev.paygateway.sample;

import dev.paygateway.resource.Connections;

/** Refused by MustBeClosedChecker: a connection that is closed unless the work fails. */
final class ClosedOnOnePath {
    void leak(Connections connections, Runnable work) {
        var connection = connections.acquire(); // refused
        work.run();
        connection.close();
    }
}
