package dev.paygateway.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Simulated time, and concurrency without chance: actors are threads, but only the one that holds
 * the baton runs. Whoever waits gives it up, and dice say who gets it next.
 */
final class Baton implements Time {
    /** Thrown into an actor whose process was killed; never caught by product code. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("kill -9");
        }
    }

    private final class Actor {
        private final String process;
        private final Semaphore turn = new Semaphore(0);
        private Instant wakes = now;
        private boolean isKilled;
        private boolean isOver;

        private Actor(String process) {
            this.process = process;
        }

        private void await() {
            turn.acquireUninterruptibly();
            if (isKilled) {
                throw new Killed();
            }
        }
    }

    private final Random dice;
    private final List<Actor> actors = new ArrayList<>();
    private final Semaphore mine = new Semaphore(0);
    private final Map<String, Instant> frozenUntil = new HashMap<>();
    private Instant now;
    private @Nullable Actor running;
    private @Nullable Throwable failure;

    Baton(Random dice, Instant start) {
        this.dice = dice;
        this.now = start;
    }

    Random dice() {
        return dice;
    }

    @Override
    public Instant now() {
        return now;
    }

    /** Gives the baton up for at least this long. */
    @Override
    public void pause(Duration duration) {
        var actor = running;
        if (actor == null) {
            throw new IllegalStateException("only an actor can wait");
        }
        actor.wakes = now.plus(duration);
        mine.release();
        actor.await();
    }

    /** Lets others run first, if the dice say so. */
    void letOthersRun() {
        pause(Duration.ZERO);
    }

    /** Begins a task in a process; it dies with the process. */
    void start(String process, Runnable task) {
        var actor = new Actor(process);
        var frozen = frozenUntil.getOrDefault(process, now);
        actor.wakes = frozen.isAfter(now) ? frozen : now;
        actors.add(actor);
        Thread.ofVirtual().start(() -> act(actor, task));
    }

    private void act(Actor actor, Runnable task) {
        try {
            actor.await();
            task.run();
        } catch (Killed _) {
            actor.isKilled = true;
        } catch (Throwable bug) {
            failure = bug;
        } finally {
            actor.isOver = true;
            mine.release();
        }
    }

    /** Every actor of the process dies where it stands. */
    void kill(String process) {
        actors.stream()
                .filter(actor -> actor.process.equals(process))
                .forEach(actor -> actor.isKilled = true);
        frozenUntil.remove(process);
    }

    /** Nothing of the process runs for that long, and it does not notice. */
    void freeze(String process, Duration length) {
        var until = now.plus(length);
        frozenUntil.put(process, until);
        actors.stream()
                .filter(actor -> actor.process.equals(process) && actor.wakes.isBefore(until))
                .forEach(actor -> actor.wakes = until);
    }

    /** Runs until that time; later wake-ups stay asleep. */
    void runUntil(Instant end) {
        for (var next = next(end); next.isPresent(); next = next(end)) {
            var actor = next.get();
            now = actor.wakes.isAfter(now) ? actor.wakes : now;
            running = actor;
            actor.turn.release();
            mine.acquireUninterruptibly();
            running = null;
            actors.removeIf(each -> each.isOver);
            if (failure != null) {
                throw new AssertionError("an actor failed", failure);
            }
        }
        now = end;
    }

    /** Ends all that is left. */
    void stop() {
        actors.forEach(actor -> actor.isKilled = true);
        runUntil(now.plus(Duration.ofDays(1)));
    }

    private Optional<Actor> next(Instant end) {
        var awake = actors.stream().filter(actor -> !actor.wakes.isAfter(now)).toList();
        if (!awake.isEmpty()) {
            return Optional.of(awake.get(dice.nextInt(awake.size())));
        }
        return actors.stream()
                .filter(actor -> !actor.wakes.isAfter(end))
                .min(Comparator.comparing(actor -> actor.wakes));
    }
}
