package dev.paygateway.sample;

import dev.paygateway.resource.Connections;
import dev.paygateway.resource.Scope;
import java.util.List;

/** Refused by OuterScope: loops that acquire into the scope around them. */
final class LoopInScope {
    void leak(Connections connections, List<String> names) {
        try (var scope = new Scope(_ -> {})) {
            for (var _ : names) {
                scope.own(connections::acquire); // refused
            }
            for (var turn = 0; turn < 3; turn++) {
                scope.own(connections::acquire); // refused
            }
            while (!names.isEmpty()) {
                scope.own(connections::acquire); // refused
            }
            do {
                scope.own(connections::acquire); // refused
            } while (!names.isEmpty());
            names.forEach(_ -> scope.own(connections::acquire)); // refused
        }
    }
}
