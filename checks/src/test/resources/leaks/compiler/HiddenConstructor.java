package dev.paygateway.sample;

import dev.paygateway.resource.Scope;
import java.util.function.Consumer;
import java.util.function.Function;

/** Refused by DisguisedAcquirer: a constructor that is called through a function. */
final class HiddenConstructor {
    Function<Consumer<Throwable>, Scope> leak() {
        return Scope::new; // refused
    }
}
