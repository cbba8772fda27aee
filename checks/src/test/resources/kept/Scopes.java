package dev.paygateway.sample;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.resource.Connections;
import dev.paygateway.resource.HeldConnection;
import dev.paygateway.resource.Locks;
import dev.paygateway.resource.Scope;
import java.util.List;

/** What is to be written instead. */
final class Scopes {
    void oneBlock(Connections connections, Locks locks) {
        try (var scope = new Scope(_ -> {})) {
            scope.own(connections::acquire);
            scope.own(() -> locks.hold("one"));
        }
    }

    void oneScopeATurn(Connections connections, List<String> keys, Locks locks) {
        for (var key : keys) {
            try (var scope = new Scope(_ -> {})) {
                scope.own(connections::acquire);
                scope.own(() -> locks.hold(key));
            }
        }
        keys.forEach(
                _ -> {
                    try (var scope = new Scope(_ -> {})) {
                        scope.own(connections::acquire);
                    }
                });
    }

    void onceForTheLoop(Connections connections, Turns turns) {
        try (var scope = new Scope(_ -> {})) {
            for (var _ : turns.with(scope.own(connections::acquire))) {
                Thread.onSpinWait();
            }
        }
    }

    interface Turns {
        List<String> with(HeldConnection connection);
    }

    @MustBeClosed
    HeldConnection handedOn(Connections connections) {
        return connections.acquire();
    }
}
