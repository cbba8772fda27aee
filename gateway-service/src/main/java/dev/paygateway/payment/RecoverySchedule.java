package dev.paygateway.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * When recovery asks an acquirer about an operation: soon, then ever more rarely, up to a bound.
 */
final class RecoverySchedule {
    /** After this long without proof, people decide. */
    static final Duration GIVE_UP_AFTER = Duration.ofDays(3);

    /** An acquirer that cannot be reached is tried again this soon: asking it costs nothing. */
    private static final Duration UNREACHABLE = Duration.ofSeconds(5);

    /** Where one more "not found" is proof, a merchant waits for nothing else. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(1);

    private static final Duration RARELY = Duration.ofHours(1);

    private static final List<Duration> OFTEN =
            List.of(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(45),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15));

    private RecoverySchedule() {}

    /**
     * The next time after {@code now}. Beside the fixed steps it asks 1 s and 10 s after the
     * acquirer's visibility window, when "not found" begins to mean something.
     */
    static Instant next(Operation operation, Duration visibilityWindow, Instant now) {
        var start = operation.order().sendUntil();
        if (now.isBefore(start)) {
            return start;
        }
        var window = Stream.of(visibilityWindow.plusSeconds(1), visibilityWindow.plusSeconds(10));
        var at =
                Stream.concat(OFTEN.stream(), window)
                        .sorted()
                        .map(start::plus)
                        .filter(now::isBefore)
                        .findFirst()
                        .orElseGet(() -> now.plus(RARELY));
        var soon = now.plus(sinceLast(operation.watch().checks()));
        var next = soon.isBefore(at) ? soon : at;
        return next.plus(jitter(operation, Duration.between(now, next).dividedBy(10)));
    }

    /**
     * After "not found": soon, if it was said for the first time and past the window. The acquirer
     * was away until then, and the fixed steps may be far apart by now.
     */
    static Instant whenMissing(Operation operation, Duration visibilityWindow, Instant now) {
        var visibleBy = operation.order().sendUntil().plus(visibilityWindow);
        return operation.watch().notFound() == 0 && !now.isBefore(visibleBy)
                ? now.plus(SECOND_LOOK).plus(jitter(operation, SECOND_LOOK))
                : next(operation, visibilityWindow, now);
    }

    /**
     * However late recovery came to it, the first checks of an operation follow each other soon.
     */
    private static Duration sinceLast(int checks) {
        return checks < OFTEN.size() ? OFTEN.get(checks) : RARELY;
    }

    /** When the acquirer could not even be asked; spread, so that its return is not a stampede. */
    static Instant whenReachable(Operation operation, Instant now) {
        return now.plus(UNREACHABLE).plus(jitter(operation, UNREACHABLE));
    }

    static boolean isHopeless(Operation operation, Instant now) {
        return now.isAfter(operation.order().sendUntil().plus(GIVE_UP_AFTER));
    }

    /** Between nothing and {@code most}, the same for the same check of the same operation. */
    private static Duration jitter(Operation operation, Duration most) {
        var dice =
                Math.floorMod(operation.id().hashCode() + 31 * operation.watch().checks(), 1_000);
        return most.multipliedBy(dice).dividedBy(1_000);
    }
}
