package dev.paygateway.client;

import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The base addresses, the preferred first. One that failed rests: the next one is asked instead,
 * and every so often one call, not all, finds out whether it is back.
 */
final class Addresses {
    /** For one that did not answer: whoever looks whether it is back pays a whole try. */
    static final Duration SILENT_REST = Duration.ofSeconds(10);

    /** For one that answered that it cannot serve now. */
    static final Duration REFUSED_REST = Duration.ofSeconds(2);

    private final List<URI> all;
    private final Pace pace;
    private final Map<URI, Rest> resting = new ConcurrentHashMap<>();

    private record Rest(long untilNanos, Duration length) {}

    Addresses(List<URI> all, Pace pace) {
        this.all = all;
        this.pace = pace;
    }

    /** Where a call begins. */
    URI preferred() {
        return all.stream().filter(this::mayBeAsked).findFirst().orElseGet(this::soonestBack);
    }

    int count() {
        return all.size();
    }

    /** The next in turn that does not rest; one that is not listed is followed by the first. */
    URI after(URI address) {
        var here = all.indexOf(address);
        for (var step = 1; step <= all.size(); step++) {
            var next = all.get((here + step) % all.size());
            if (!next.equals(address) && mayBeAsked(next)) {
                return next;
            }
        }
        return all.size() == 1 || !resting.containsKey(address) ? address : soonestBack();
    }

    /** True for one that does not rest, and for the first who asks after its rest. */
    private boolean mayBeAsked(URI address) {
        var rest = resting.get(address);
        if (rest == null) {
            return true;
        }
        var now = pace.nanos();
        return now - rest.untilNanos() >= 0
                && resting.replace(address, rest, until(now, rest.length()));
    }

    private URI soonestBack() {
        var now = pace.nanos();
        return all.stream()
                .min(Comparator.comparingLong(address -> left(address, now)))
                .orElseThrow();
    }

    private long left(URI address, long now) {
        var rest = resting.get(address);
        return rest == null ? 0 : rest.untilNanos() - now;
    }

    private static Rest until(long now, Duration length) {
        return new Rest(now + length.toNanos(), length);
    }

    void answered(URI address) {
        resting.remove(address);
    }

    /** It answered that it cannot serve now. */
    void refused(URI address) {
        rest(address, REFUSED_REST);
    }

    /** It did not answer. */
    void silent(URI address) {
        rest(address, SILENT_REST);
    }

    private void rest(URI address, Duration length) {
        if (all.contains(address)) {
            resting.put(address, until(pace.nanos(), length));
        }
    }
}
