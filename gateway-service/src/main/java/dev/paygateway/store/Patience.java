package dev.paygateway.store;

import dev.paygateway.payment.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * How long one commit is tried. A transaction that rolled back is repeated for 3 s at most; one
 * whose fate is not known, for 5 s more. With the 8 s in which an operation may be sent and the 8 s
 * that a last try may hang that is 24 s, which is what the work behind an answer may take.
 */
final class Patience {
    static final int TRIES_MAX = 5;
    static final Duration TRIES_TIME_MAX = Duration.ofSeconds(3);

    /** Bounds the search for a doubtful commit also where the clock jumps. */
    static final int DOUBT_TRIES_MAX = 20;

    static final Duration DOUBT_TIME_MAX = Duration.ofSeconds(5);

    /** A lost region stalls commits for 5.5 to 6.4 s: shorter would make each of them doubtful. */
    static final Duration COMMIT_TIME_MAX = Duration.ofSeconds(8);

    /** The least that a try is given, however little time is left. */
    private static final Duration TRY_TIME_MIN = Duration.ofMillis(500);

    private static final Duration PAUSE_MIN = Duration.ofMillis(50);
    private static final Duration PAUSE_MAX = Duration.ofMillis(400);

    private final Time time;
    private final RandomGenerator dice;
    private Instant until;
    private int triesLeft = TRIES_MAX;
    private Duration pause = PAUSE_MIN;
    private boolean isDoubtful;

    Patience(Time time, RandomGenerator dice) {
        this.time = time;
        this.dice = dice;
        this.until = time.now().plus(TRIES_TIME_MAX);
    }

    /** From now on a try may have been committed. */
    void doubt() {
        if (!isDoubtful) {
            isDoubtful = true;
            until = time.now().plus(DOUBT_TIME_MAX);
            triesLeft = DOUBT_TRIES_MAX;
        }
    }

    boolean isDoubtful() {
        return isDoubtful;
    }

    /** How long the next try may hang on the network. */
    Duration tryTime() {
        if (!isDoubtful) {
            return COMMIT_TIME_MAX;
        }
        var left = Duration.between(time.now(), until);
        return left.compareTo(TRY_TIME_MIN) < 0 ? TRY_TIME_MIN : least(left, DOUBT_TIME_MAX);
    }

    /** Waits before the next try; false: there is none. */
    boolean waits() {
        triesLeft--;
        if (triesLeft == 0 || !time.now().plus(pause).isBefore(until)) {
            return false;
        }
        // Half of it is chance, or those who collided would meet again.
        time.pause(pause.dividedBy(2).plusMillis(dice.nextLong(pause.toMillis() / 2 + 1)));
        pause = least(pause.multipliedBy(2), PAUSE_MAX);
        return true;
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
