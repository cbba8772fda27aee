package dev.paygateway.client;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The tries of one call: counts them, times them, and moves them on to the next address. */
final class Tries {
    /** An answer on its way is worth this much more than the wait asked for. */
    private static final Duration WAY = Duration.ofMillis(400);

    /** A thread that slept too long may find nothing left; no timeout is negative. */
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final Parts parts;
    private final CallOptions options;
    private final long endNanos;
    private URI address;
    private int made;
    private int moves;

    /** What all calls of a client share. */
    record Parts(ClientSettings settings, Wire wire, Addresses addresses, Pace pace) {}

    /**
     * One request, the address apart.
     *
     * @param inDoubt an earlier try with the key may have been done
     */
    record Request(
            Attempt.Purpose purpose,
            String path,
            Optional<IdempotencyKey> key,
            Optional<String> paymentId,
            Optional<Body> body,
            boolean inDoubt) {
        static Request ofPayment(String id) {
            return read(Attempt.Purpose.GET, "/v1/payments/" + id, Optional.of(id));
        }

        static Request read(Attempt.Purpose purpose, String path, Optional<String> paymentId) {
            return new Request(purpose, path, Optional.empty(), paymentId, Optional.empty(), false);
        }
    }

    Tries(Parts parts, CallOptions options) {
        this.parts = parts;
        this.options = options;
        address = options.first().orElseGet(parts.addresses()::preferred);
        endNanos =
                parts.pace().nanos()
                        + options.total().orElse(parts.settings().totalTimeout()).toNanos();
    }

    int made() {
        return made;
    }

    Exchange send(Request request) {
        made++;
        var attempt =
                new Attempt(
                        request.purpose(),
                        made,
                        address,
                        request.path(),
                        request.key(),
                        request.paymentId(),
                        request.body().map(Body::withoutCard).orElse(""));
        options.listener().sending(attempt);
        var exchange =
                parts.wire()
                        .exchange(
                                new Wire.Sent(
                                        attempt,
                                        request.body().map(Body::whole),
                                        request.inDoubt(),
                                        waitSeconds(request),
                                        bound(request)));
        options.listener().ended(attempt, exchange);
        remember(exchange);
        return exchange;
    }

    boolean isRepeat() {
        return options.isRepeat();
    }

    private void remember(Exchange exchange) {
        switch (exchange) {
            case Exchange.Silent silent when silent.error().equals(Wire.NO_CONNECTION) -> {}
            case Exchange.Silent _ -> parts.addresses().silent(address);
            case Exchange.Answered answer when answer.status() >= 500 ->
                    parts.addresses().refused(address);
            case Exchange.Answered _ -> parts.addresses().answered(address);
        }
    }

    /**
     * Waits before the next try.
     *
     * @param notBefore what the answer asked for
     * @param elsewhere go on with the next address
     * @param atOnce a try that provably did nothing may go to an address not tried yet without wait
     * @return false if the next try would begin after the bound, or the thread was interrupted
     */
    boolean pauseBeforeNext(Optional<Duration> notBefore, boolean elsewhere, boolean atOnce) {
        boolean fresh = elsewhere && atOnce && moves + 1 < parts.addresses().count();
        if (elsewhere) {
            address = parts.addresses().after(address);
            moves++;
        }
        var backoff = parts.settings().backoff().before(made, parts.pace().dice());
        var wait = fresh ? Duration.ZERO : longer(backoff, notBefore.orElse(Duration.ZERO));
        if (wait.compareTo(left()) >= 0) {
            return false;
        }
        try {
            parts.pace().pause(wait);
            return left().isPositive() && !Thread.currentThread().isInterrupted();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Duration left() {
        return Duration.ofNanos(endNanos - parts.pace().nanos());
    }

    private long waitSeconds(Request request) {
        return request.purpose().moves()
                ? options.patience().map(Duration::toSeconds).orElse(0L)
                : 0;
    }

    /** Never past the call's own bound. */
    private Duration bound(Request request) {
        var oneTry =
                waitSeconds(request) == 0
                        ? parts.settings().tryTimeout()
                        : Duration.ofSeconds(waitSeconds(request)).plus(WAY);
        return longer(SHORTEST, oneTry.compareTo(left()) < 0 ? oneTry : left());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
