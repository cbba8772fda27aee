package dev.paygateway.sample;

import dev.paygateway.resource.Connections;
import dev.paygateway.resource.HeldConnection;
import java.util.function.Supplier;

/** Refused by MustBeClosedChecker: a lambda that acquires, of a type that does not say so. */
final class HiddenInLambda {
    Supplier<HeldConnection> leak(Connections connections) {
        return () -> connections.acquire(); // refused
    }
}
