package dev.paygateway.payment;

import dev.paygateway.payment.Galera.Member;
import dev.paygateway.payment.Gateway.Reply;
import dev.paygateway.payment.Gateway.Settled;
import dev.paygateway.payment.Gateway.Work;
import dev.paygateway.payment.Payment.CaptureMode;
import dev.paygateway.payment.Payment.CardSummary;
import dev.paygateway.payment.Payment.OnUnknown;
import dev.paygateway.payment.Schedule.Fault;
import dev.paygateway.payment.Schedule.Purchase;
import dev.paygateway.payment.Schedule.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * Two regions over one {@link Galera} for a minute of faults, then all is whole and each operation
 * must come to its end in bounded time. All that happens follows from the schedule.
 */
final class Regions {
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    private static final Instant HEALED = START.plusSeconds(60);
    private static final Instant END = HEALED.plus(Duration.ofMinutes(20));
    private static final Duration GLANCE = Duration.ofSeconds(15);
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** As when a clock jumps: safety rests on the fence, never on the length of a lease. */
    private static final Duration LEASE_TOO_SHORT = Duration.ofMillis(200);

    static final Merchant MERCHANT = new Merchant("m_sim", Merchant.Mode.TEST);
    private static final CardSummary CARD = new CardSummary("visa", "424242", "4242", 12, 2030);
    private static final int TRIES_MAX = 6;

    private final Schedule schedule;
    private final Bug bug;
    private final Random dice;
    private final Baton baton;
    private final World.PlainRendering rendering = new World.PlainRendering();
    private final Galera galera;
    private final List<ModelAcquirer> acquirers;
    private final Map<Member, Region> regions = new EnumMap<>(Member.class);
    private final Set<Member> down = EnumSet.noneOf(Member.class);
    private final Promises promises;

    private record Region(Member member, Store store, Gateway gateway) {
        String process() {
            return member.name();
        }
    }

    private Regions(Schedule schedule, Bug bug) {
        this.schedule = schedule;
        this.bug = bug;
        dice = new Random(schedule.diceSeed());
        baton = new Baton(dice, START);
        galera = new Galera(baton, rendering, bug);
        promises = new Promises(galera);
        acquirers =
                List.of(
                        new ModelAcquirer("amber", baton, bug),
                        new ModelAcquirer("basalt", baton, bug));
        regions.put(Member.EAST, region(Member.EAST, 'e'));
        regions.put(Member.NORTH, region(Member.NORTH, 'n'));
    }

    private Region region(Member member, char letter) {
        var ids = new Ids(letter, () -> new UUID(dice.nextLong(), dice.nextLong()));
        var store = bug.around(new GaleraStore(galera, member, baton, bug));
        var routes = acquirers.stream().map(acquirer -> bug.around(acquirer, ids)).toList();
        var gateway = new Gateway(store, new World.Routes(routes), baton, ids, member.name());
        return new Region(member, store, gateway);
    }

    private Region regionOf(Member member) {
        return Objects.requireNonNull(regions.get(member), "the arbitrator serves nobody");
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
        regions.values().forEach(region -> baton.start(region.process(), () -> recover(region)));
        schedule.items().forEach(item -> baton.start("outside", () -> happen(item)));
        baton.runUntil(HEALED);
        galera.heal();
        acquirers.forEach(ModelAcquirer::heal);
        baton.runUntil(HEALED.plus(ModelAcquirer.LATE_MAX));
        for (var at = baton.now(); at.isBefore(END) && isBusy(); at = at.plus(GLANCE)) {
            baton.runUntil(at.plus(GLANCE));
        }
        baton.stop();
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
            case Fault fault -> suffer(fault);
            case Purchase purchase -> buy(purchase);
            case Use use -> use(use);
        }
    }

    private void suffer(Fault fault) {
        switch (fault.kind()) {
            case EAST_PROCESS_KILLED -> kill(Member.EAST, fault.length());
            case NORTH_PROCESS_KILLED -> kill(Member.NORTH, fault.length());
            case EAST_PROCESS_PAUSED -> baton.freeze(Member.EAST.name(), fault.length());
            case NORTH_PROCESS_PAUSED -> baton.freeze(Member.NORTH.name(), fault.length());
            case EAST_LOST -> lose(Member.EAST, fault.length());
            case NORTH_LOST -> lose(Member.NORTH, fault.length());
            case ARBITRATOR_LOST -> lose(Member.ARBITRATOR, fault.length());
            case EAST_CUT_OFF -> cut(Member.EAST, fault.length());
            case NORTH_CUT_OFF -> cut(Member.NORTH, fault.length());
            case EAST_LAGS -> lag(Member.EAST, fault.length());
            case NORTH_LAGS -> lag(Member.NORTH, fault.length());
        }
    }

    private void kill(Member member, Duration length) {
        var region = regionOf(member);
        down.add(member);
        baton.kill(region.process());
        baton.pause(length);
        down.remove(member);
        baton.start(region.process(), () -> recover(region));
    }

    private void lose(Member member, Duration length) {
        galera.kill(member);
        if (regions.containsKey(member)) {
            kill(member, length);
        } else {
            baton.pause(length);
        }
        galera.revive(member);
    }

    private void cut(Member member, Duration length) {
        galera.cut(member);
        baton.pause(length);
        galera.join(member);
    }

    private void lag(Member member, Duration length) {
        galera.lag(member, Duration.ofSeconds(3));
        baton.pause(length);
        galera.lag(member, Duration.ofMillis(50));
    }

    private void recover(Region region) {
        while (true) {
            try {
                for (var id : region.store().due(baton.now(), 100)) {
                    region.store()
                            .lease(id, region.process(), baton.now(), leaseLength())
                            .ifPresent(leased -> step(region, leased));
                }
            } catch (Store.Unavailable _) {
                baton.letOthersRun();
            }
            baton.pause(Duration.ofSeconds(1));
        }
    }

    private Duration leaseLength() {
        return schedule.seed() % 2 == 0 ? LEASE : LEASE_TOO_SHORT;
    }

    private void step(Region region, Operation leased) {
        var home = region.member() == Member.EAST ? "op_e" : "op_n";
        galera.count(leased.id().value().startsWith(home) ? "recovered" : "taken over");
        try {
            region.gateway().recover(leased);
        } catch (Store.Unavailable _) {
            baton.letOthersRun();
        }
        region.store().release(leased, baton.now().plusSeconds(5));
    }

    private void buy(Purchase purchase) {
        var name = "order-" + purchase.order();
        for (var number = 0; number < TRIES_MAX && !promises.isAnswered(name); number++) {
            var key = bug == Bug.SILENCE_GETS_A_NEW_KEY ? name + "/" + number : name;
            var pay = pay(name, key);
            ask(
                    number % 2 == 0 == purchase.fromEast(),
                    region ->
                            receive(
                                    region,
                                    pay,
                                    () -> region.gateway().begin(pay),
                                    work -> region.gateway().authorize(work, () -> CARD)));
        }
    }

    /** The same for each client of the order. */
    private Command.Pay pay(String order, String key) {
        var taste = new Random(schedule.seed() * 31 + order.hashCode());
        taste.nextInt();
        return new Command.Pay(
                new Claim(MERCHANT, key, Map.of()),
                "req",
                order,
                taste.nextBoolean(),
                taste.nextBoolean() ? CaptureMode.AUTOMATIC : CaptureMode.MANUAL,
                Money.ofMinor(CurrencyUnit.EUR, 1_000),
                CARD,
                Map.of(),
                taste.nextInt(5) == 0 ? OnUnknown.REVERSE : OnUnknown.WAIT,
                Duration.ofMinutes(15));
    }

    private void use(Use use) {
        var payment =
                galera.truth()
                        .holder(MERCHANT, "order-" + use.order())
                        .map(Store.KeyHolder::payment);
        payment.ifPresent(id -> use(use, change(use, id)));
    }

    private void use(Use use, Command.Change change) {
        for (var number = 0;
                number < TRIES_MAX && !promises.isAnswered(change.claim().key());
                number++) {
            ask(
                    number % 2 == 0 == use.fromEast(),
                    region ->
                            receive(
                                    region,
                                    change,
                                    () -> region.gateway().begin(change),
                                    region.gateway()::submit));
        }
    }

    private Command.Change change(Use use, PaymentId id) {
        var key = "use-" + use.order() + "-" + use.number();
        var taste = new Random(schedule.seed() * 31 + key.hashCode());
        var claim = new Claim(MERCHANT, key, Map.of());
        var part = Money.ofMinor(CurrencyUnit.EUR, 1L + taste.nextInt(600));
        return switch (taste.nextInt(5)) {
            case 0 -> new Command.Capture(claim, "req", id, Optional.empty(), false);
            case 1 -> new Command.Capture(claim, "req", id, Optional.of(part), taste.nextBoolean());
            case 2 -> new Command.Release(claim, "req", id);
            default ->
                    new Command.Refund(claim, "req", id, part, Optional.empty(), Optional.empty());
        };
    }

    /** A region whose process is down refuses the connection. */
    private void ask(boolean isEast, Consumer<Region> request) {
        var region = regionOf(isEast ? Member.EAST : Member.NORTH);
        if (!down.contains(region.member())) {
            baton.start(region.process(), () -> request.accept(region));
        }
        baton.pause(Duration.ofMillis(1_000L + dice.nextInt(3_000)));
    }

    /** What the edge does with a command, its impatience included. */
    private void receive(
            Region region, Command command, Supplier<Reply> begin, Function<Work, Settled> send) {
        try {
            switch (begin.get()) {
                case Reply.Begun(var work) -> {
                    var isLate = dice.nextInt(20) == 0;
                    tell(
                            region,
                            command,
                            isLate ? region.gateway().abandon(work) : send.apply(work));
                }
                case Reply.Held(var holder) -> {
                    galera.count("key held");
                    promises.replayed(holder);
                }
                case Reply.HeldUnseen _, Reply.Refused _, Reply.Unavailable _ ->
                        baton.letOthersRun();
            }
        } catch (Store.Unavailable _) {
            baton.letOthersRun(); // answered 503; the client comes again
        }
    }

    /** Told, the merchant looks at the payment in each region. */
    private void tell(Region region, Command command, Settled settled) {
        answer(region, command.claim(), settled)
                .ifPresent(answer -> {
                    galera.count("answered");
                    promises.answered(command.claim().key(), answer);
                });
        promises.acknowledged(settled.payment());
        for (var each : regions.values()) {
            try {
                promises.seen(settled.payment(), each.store().payment(settled.payment().id()));
            } catch (Store.Unavailable _) {
                baton.letOthersRun();
            }
        }
    }

    /** As the edge does: what recovery ended is answered with the bytes that the store kept. */
    private Optional<Answer> answer(Region region, Claim claim, Settled settled) {
        var operation = settled.operation();
        if (operation.isOpen() || operation.fence() > 0) {
            try {
                return region.store()
                        .holder(claim.merchant(), claim.key())
                        .flatMap(Store.KeyHolder::answer);
            } catch (Store.Unavailable _) {
                return Optional.empty();
            }
        }
        return Optional.of(rendering.answer(settled.payment(), operation));
    }
}
