package dev.paygateway.sample;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.resource.Connections;
import dev.paygateway.resource.HeldConnection;

/** Refused by UnmarkedAcquirer: an acquirer behind an interface that does not say so. */
final class UnmarkedInterface {
    interface Source {
        HeldConnection take();
    }

    record Pooled(Connections connections) implements Source {
        @Override
        @MustBeClosed
        public HeldConnection take() { // refused
            return connections.acquire();
        }
    }
}
