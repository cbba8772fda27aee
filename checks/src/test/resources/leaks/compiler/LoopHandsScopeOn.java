package dev.paygateway.sample;

import dev.paygateway.resource.Connections;
import dev.paygateway.resource.Scope;
import java.util.List;

/** Refused by OuterScope: a loop that hands the scope around it to a method that acquires. */
final class LoopHandsScopeOn {
    void leak(Connections connections, List<String> names, Scope scope) {
        for (var _ : names) {
            one(connections, scope); // refused
        }
    }

    private void one(Connections connections, Scope scope) {
        scope.own(connections::acquire);
    }
}
