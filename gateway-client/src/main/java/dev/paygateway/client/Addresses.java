package dev.paygateway.client;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The base addresses; remembers the one that answered last, so that a dead one costs one try. */
final class Addresses {
    private final List<URI> all;
    private final AtomicReference<URI> preferred;

    Addresses(List<URI> all) {
        this.all = all;
        preferred = new AtomicReference<>(all.getFirst());
    }

    URI preferred() {
        return preferred.get();
    }

    int count() {
        return all.size();
    }

    /** The next in turn; one that is not listed is followed by the first. */
    URI after(URI address) {
        return all.get((all.indexOf(address) + 1) % all.size());
    }

    void answered(URI address) {
        if (all.contains(address)) {
            preferred.set(address);
        }
    }
}
