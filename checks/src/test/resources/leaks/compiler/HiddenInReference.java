package dev.paygateway.sample;

import dev.paygateway.resource.Connections;
import dev.paygateway.resource.HeldConnection;
import java.util.Optional;

/** Refused by DisguisedAcquirer: a method reference that acquires, of a type that does not say so. */
final class HiddenInReference {
    HeldConnection leak(Connections connections) {
        return Optional.<HeldConnection>empty().orElseGet(connections::acquire); // refused
    }
}
