package dev.paygateway.payment;

import dev.paygateway.sabotage.DelegatingAcquirer;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;

/** What gets into a region and out of it, but for its database. */
final class Border {
    /** The ways that can be closed. */
    enum Way {
        IN,
        OUT
    }

    private final Counts<Way> closed = new Counts<>();
    private final Random dice;

    Border(Random dice) {
        this.dice = dice;
    }

    void close(Way way) {
        closed.add(way);
    }

    void open(Way way) {
        closed.remove(way);
    }

    /** No connection comes about while either way is closed, but there may be one already. */
    boolean letsAskIn() {
        return isOpen() || (!closed.has(Way.IN) && dice.nextBoolean());
    }

    boolean letsOut() {
        return !closed.has(Way.OUT);
    }

    boolean isOpen() {
        return !closed.has(Way.IN) && !closed.has(Way.OUT);
    }

    /** An acquirer as it is reached from inside of the region. */
    Acquirer to(Acquirer acquirer, Time time) {
        return new Reached(acquirer, this, time);
    }

    /** A region's call to the outside, which takes time and may lose its answer. */
    private static final class Reached extends DelegatingAcquirer {
        private static final Duration TRY = Duration.ofSeconds(2);

        private final Border border;
        private final Time time;

        Reached(Acquirer real, Border border, Time time) {
            super(real);
            this.border = border;
            this.time = time;
        }

        /** As the service's own adapter: no try that could end after the operation's limit. */
        @Override
        public Outcome authorize(Operation operation, Payment payment, Instrument instrument) {
            return time.now().plus(TRY).isAfter(operation.order().sendUntil())
                    ? new Outcome.Unsent("no time left for a try")
                    : over(() -> super.authorize(operation, payment, instrument));
        }

        @Override
        public Outcome submit(Operation operation, Payment payment) {
            return over(() -> super.submit(operation, payment));
        }

        @Override
        public Outcome inquire(Operation operation, Payment payment) {
            return over(() -> super.inquire(operation, payment));
        }

        private Outcome over(Supplier<Outcome> call) {
            if (!border.isOpen() && border.dice.nextBoolean()) {
                return new Outcome.Unsent("no connection");
            }
            if (!border.letsOut()) {
                time.pause(TRY);
                return new Outcome.Silent("nothing got out");
            }
            var outcome = call.get();
            return border.closed.has(Way.IN) ? new Outcome.Silent("nothing came in") : outcome;
        }
    }
}
