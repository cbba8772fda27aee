package dev.paygateway.payment;

import dev.paygateway.payment.Galera.Member;
import dev.paygateway.payment.Schedule.Fault;
import dev.paygateway.payment.Schedule.Purchase;
import dev.paygateway.payment.Schedule.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Two regions over one {@link Galera}. For a minute faults happen, and what must never happen is
 * looked for at each step; then all is whole, and each operation must come to its end in bounded
 * time. All that happens follows from the schedule.
 */
final class Regions {
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    private static final Duration FAULTY = Duration.ofSeconds(60);
    private static final Instant HEALED = START.plus(FAULTY);
    private static final Instant END = HEALED.plus(Duration.ofMinutes(40));
    private static final Duration GLANCE = Duration.ofSeconds(15);

    static final Merchant MERCHANT = new Merchant("m_sim", Merchant.Mode.TEST);

    private final Schedule schedule;
    private final Baton baton;
    private final Galera galera;
    private final List<ModelAcquirer> acquirers;
    private final List<Region> regions;
    private final Promises promises;
    private final Clients clients;
    private final Trouble trouble;

    private Regions(Schedule schedule, Bug bug) {
        this.schedule = schedule;
        baton = new Baton(new Random(schedule.diceSeed()), START);
        galera = new Galera(baton, new World.PlainRendering(), bug);
        acquirers =
                List.of(
                        new ModelAcquirer("amber", baton, bug),
                        new ModelAcquirer("basalt", baton, bug));
        promises = new Promises(galera);
        regions =
                Stream.of(Member.EAST, Member.NORTH)
                        .map(member -> new Region(member, galera, acquirers, baton, bug))
                        .toList();
        clients = new Clients(schedule, bug, regions, promises, baton);
        trouble = new Trouble(baton, galera, acquirers, regions);
    }

    /**
     * How a schedule went.
     *
     * @param violations what went wrong
     * @param work how often what happened
     */
    record Outcome(List<String> violations, Map<String, Integer> work) {
        boolean isRed() {
            return !violations.isEmpty();
        }
    }

    static Outcome run(Schedule schedule, Bug bug) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.submit(() -> new Regions(schedule, bug).played()).get();
        } catch (ExecutionException failed) {
            return new Outcome(List.of(words(failed)), Map.of());
        } catch (InterruptedException ended) {
            throw new AssertionError(ended);
        }
    }

    /** An actor that failed is as good as a violation. */
    private static String words(Throwable failure) {
        var deepest = failure;
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            deepest = cause;
        }
        return deepest + " at " + deepest.getStackTrace()[0];
    }

    private Outcome played() {
        regions.forEach(Region::start);
        schedule.items().forEach(item -> baton.start("outside", () -> happen(item)));
        baton.runUntil(HEALED);
        galera.heal();
        acquirers.forEach(ModelAcquirer::heal);
        baton.runUntil(HEALED.plus(ModelAcquirer.LATE_MAX));
        for (var at = baton.now(); at.isBefore(END) && isBusy(); at = at.plus(GLANCE)) {
            baton.runUntil(at.plus(GLANCE));
        }
        baton.stop();
        galera.catchUp();
        var violations = new Judge(galera.truth(), acquirers).violations();
        violations.addAll(promises.broken(acquirers));
        return new Outcome(violations, galera.work());
    }

    private boolean isBusy() {
        return galera.truth().allOperations().stream()
                .anyMatch(operation -> operation.watch().nextCheckAt().isPresent());
    }

    private void happen(Schedule.Item item) {
        baton.pause(item.at());
        switch (item) {
            case Fault fault -> trouble.suffer(fault);
            case Purchase purchase -> clients.buy(purchase);
            case Use use -> clients.use(use);
        }
    }
}
