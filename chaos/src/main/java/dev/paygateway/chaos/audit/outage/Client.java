package dev.paygateway.chaos.audit.outage;

import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Regions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One history: when its client was served, whoever else was. */
final class Client {
    private final Pulse pulse = new Pulse(_ -> true);
    private final Regions regions;
    private final Set<Optional<String>> asked = new HashSet<>(2);

    Client(Regions regions) {
        this.regions = regions;
    }

    void take(List<Call> calls) {
        pulse.take(calls);
        calls.stream().map(regions::asked).forEach(asked::add);
    }

    Pulse pulse() {
        return pulse;
    }

    /** It knew the addresses of one region only, which may be down by intent. */
    boolean isBoundToOneRegion() {
        return asked.size() == 1 && asked.stream().allMatch(Optional::isPresent);
    }
}
