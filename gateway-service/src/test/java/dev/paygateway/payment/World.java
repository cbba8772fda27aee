package dev.paygateway.payment;

import dev.paygateway.payment.Gateway.Reply;
import dev.paygateway.payment.Gateway.Work;
import dev.paygateway.payment.Payment.CaptureMode;
import dev.paygateway.payment.Payment.CardSummary;
import dev.paygateway.payment.Payment.OnUnknown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * A minute of two gateway processes, merchants and two acquirers under faults, then twenty minutes
 * of healing at most, in simulated time; all that happens follows from the seed.
 */
final class World {
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    private static final Instant HEALED = START.plusSeconds(60);
    private static final Instant END = HEALED.plus(Duration.ofMinutes(20));

    private static final Duration GLANCE = Duration.ofSeconds(15);

    private static final Merchant MERCHANT = new Merchant("m_sim", Merchant.Mode.TEST);
    private static final CardSummary CARD = new CardSummary("visa", "424242", "4242", 12, 2030);
    private static final Money PRICE = Money.ofMinor(CurrencyUnit.EUR, 1_000);
    private static final List<String> PROCESSES = List.of("one", "two");
    private static final int PAYMENTS_MAX = 3;
    private static final int TRIES_MAX = 6;

    private final Random dice;
    private final Baton baton;
    private final MemoryStore kept = new MemoryStore(new PlainRendering());
    private final FaultyStore faulty;
    private final List<ModelAcquirer> acquirers;
    private final Gateway gateway;
    private final Store store;

    private World(long seed, Bug bug) {
        dice = new Random(seed);
        baton = new Baton(dice, START);
        faulty = new FaultyStore(kept, baton);
        acquirers =
                List.of(
                        new ModelAcquirer("amber", baton, bug),
                        new ModelAcquirer("basalt", baton, bug));
        var ids = new Ids('e', () -> new UUID(dice.nextLong(), dice.nextLong()));
        store = bug.around(faulty);
        var routes = acquirers.stream().map(acquirer -> bug.around(acquirer, ids)).toList();
        gateway = new Gateway(store, new Routes(routes), baton, ids, "east");
    }

    record Routes(List<Acquirer> routes) implements Acquirer.Directory {
        @Override
        public Acquirer named(String name) {
            return routes.stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    static final class PlainRendering implements Rendering {
        @Override
        public String snapshot(Payment payment) {
            return payment.status().code();
        }

        @Override
        public Answer answer(Payment payment, Operation operation) {
            return new Answer(201, operation.state() + " " + payment);
        }
    }

    /** On a virtual thread like its actors': the baton then passes without waking a core. */
    static World run(long seed, Bug bug) {
        var world = new World(seed, bug);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.submit(() -> played(world)).get();
        } catch (ExecutionException failed) {
            throw new AssertionError("seed " + seed, failed.getCause());
        } catch (InterruptedException ended) {
            throw new AssertionError(ended);
        }
    }

    private static World played(World world) {
        world.populate();
        world.baton.runUntil(HEALED);
        world.faulty.heal();
        world.acquirers.forEach(ModelAcquirer::heal);
        world.baton.runUntil(HEALED.plus(ModelAcquirer.LATE_MAX));
        for (var at = world.baton.now(); at.isBefore(END) && world.isBusy(); at = at.plus(GLANCE)) {
            world.baton.runUntil(at.plus(GLANCE));
        }
        world.baton.stop();
        return world;
    }

    Set<Judge.Move> moves() {
        return new Judge(kept, acquirers).moves();
    }

    List<String> violations() {
        return new Judge(kept, acquirers).violations();
    }

    /** Something is still to be found out. */
    private boolean isBusy() {
        return kept.all().stream()
                .flatMap(payment -> kept.operations(payment.id()).stream())
                .anyMatch(operation -> operation.watch().nextCheckAt().isPresent());
    }

    private void populate() {
        PROCESSES.forEach(process -> baton.start(process, this::recoverForEver));
        baton.start("fate", this::killNowAndThen);
        var payments = 1 + dice.nextInt(PAYMENTS_MAX);
        for (var number = 0; number < payments; number++) {
            var pay = pay("order-" + number);
            var clients = 1 + dice.nextInt(2);
            for (var client = 0; client < clients; client++) {
                baton.start("client", () -> insist(pay.claim().key(), () -> pay(pay)));
            }
            baton.start("client", () -> useWhenApproved(pay.claim().key()));
        }
    }

    private Command.Pay pay(String reference) {
        return new Command.Pay(
                claim(reference),
                "req",
                reference,
                true,
                dice.nextBoolean() ? CaptureMode.AUTOMATIC : CaptureMode.MANUAL,
                PRICE,
                CARD,
                Map.of(),
                dice.nextInt(5) == 0 ? OnUnknown.REVERSE : OnUnknown.WAIT,
                Duration.ofMinutes(15));
    }

    private static Claim claim(String key) {
        return new Claim(MERCHANT, key, Map.of());
    }

    private void recoverForEver() {
        while (true) {
            try {
                for (var id : store.due(baton.now(), 100)) {
                    store.lease(id, "sweeper", baton.now(), Duration.ofSeconds(30))
                            .ifPresent(this::recover);
                }
            } catch (Store.Unavailable _) {
                baton.letOthersRun();
            }
            baton.pause(Duration.ofSeconds(1));
        }
    }

    /** What recovery does: a step that could not write its end gives its lease back. */
    private void recover(Operation leased) {
        try {
            gateway.recover(leased);
        } catch (Store.Unavailable _) {
            baton.letOthersRun();
        }
        store.release(leased, baton.now().plusSeconds(5));
    }

    private void killNowAndThen() {
        while (baton.now().isBefore(HEALED)) {
            baton.pause(Duration.ofMillis(500L + dice.nextInt(12_000)));
            var victim = anyProcess();
            baton.kill(victim);
            baton.pause(Duration.ofSeconds(2));
            baton.start(victim, this::recoverForEver);
        }
    }

    private String anyProcess() {
        return PROCESSES.get(dice.nextInt(PROCESSES.size()));
    }

    /** A merchant's client: the same key, again and again, at any process, until it is answered. */
    private void insist(String key, Runnable request) {
        for (var tries = 0; tries < TRIES_MAX && !isAnswered(key); tries++) {
            baton.start(anyProcess(), request);
            baton.pause(Duration.ofMillis(1_000L + dice.nextInt(3_000)));
        }
    }

    private boolean isAnswered(String key) {
        return kept.holder(MERCHANT, key).flatMap(Store.KeyHolder::answer).isPresent();
    }

    private void pay(Command.Pay pay) {
        receive(() -> gateway.begin(pay), work -> gateway.authorize(work, () -> CARD));
    }

    /** What the edge does with a command, its impatience included. */
    private void receive(
            java.util.function.Supplier<Reply> begin, Function<Work, Gateway.Settled> send) {
        try {
            if (begin.get() instanceof Reply.Begun(var work)) {
                var settled = dice.nextInt(20) == 0 ? gateway.abandon(work) : send.apply(work);
                baton.letOthersRun();
                if (settled.payment().version() < work.payment().version()) {
                    throw new AssertionError("an answer older than its question: " + settled);
                }
            }
        } catch (Store.Unavailable _) {
            baton.letOthersRun(); // answered 503; the client comes again
        }
    }

    private void useWhenApproved(String key) {
        while (baton.now().isBefore(HEALED)) {
            baton.pause(Duration.ofSeconds(1));
            kept.holder(MERCHANT, key)
                    .flatMap(holder -> kept.payment(holder.payment()))
                    .ifPresent(this::useSomehow);
        }
    }

    private void useSomehow(Payment payment) {
        if (dice.nextInt(3) > 0) {
            return;
        }
        var claim = claim("k-" + dice.nextLong());
        var part = Money.ofMinor(CurrencyUnit.EUR, 1L + dice.nextInt(600));
        Command.Change change =
                switch (dice.nextInt(5)) {
                    case 0 ->
                            new Command.Capture(
                                    claim, "req", payment.id(), Optional.empty(), false);
                    case 1 ->
                            new Command.Capture(
                                    claim,
                                    "req",
                                    payment.id(),
                                    Optional.of(part),
                                    dice.nextBoolean());
                    case 2 -> new Command.Release(claim, "req", payment.id());
                    default ->
                            new Command.Refund(
                                    claim,
                                    "req",
                                    payment.id(),
                                    part,
                                    Optional.empty(),
                                    Optional.empty());
                };
        baton.start(
                "client",
                () ->
                        insist(
                                claim.key(),
                                () -> receive(() -> gateway.begin(change), gateway::submit)));
    }
}
