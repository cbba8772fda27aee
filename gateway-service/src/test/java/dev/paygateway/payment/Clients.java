package dev.paygateway.payment;

import dev.paygateway.payment.Gateway.Reply;
import dev.paygateway.payment.Gateway.Settled;
import dev.paygateway.payment.Gateway.Work;
import dev.paygateway.payment.Payment.CaptureMode;
import dev.paygateway.payment.Payment.CardSummary;
import dev.paygateway.payment.Payment.OnUnknown;
import dev.paygateway.payment.Schedule.Purchase;
import dev.paygateway.payment.Schedule.Use;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Merchants' clients: they repeat a key in one region and the other, and remember what is said. */
final class Clients {
    private static final CardSummary CARD = new CardSummary("visa", "424242", "4242", 12, 2030);
    private static final int TRIES_MAX = 6;
    private static final int LOST_ANSWERS_PERCENT = 3;

    /** A caller whose first commit takes longer is refused. */
    private static final Duration COMMIT_WAIT = Duration.ofMillis(1_800);

    private final Schedule schedule;
    private final Bug bug;
    private final List<Region> regions;
    private final Promises promises;
    private final Baton baton;
    private final Map<String, Integer> asked = new HashMap<>();
    private final Rendering rendering = new World.PlainRendering();

    Clients(Schedule schedule, Bug bug, List<Region> regions, Promises promises, Baton baton) {
        this.schedule = schedule;
        this.bug = bug;
        this.regions = regions;
        this.promises = promises;
        this.baton = baton;
    }

    /** A client buys, repeating the key until it is told how it went. */
    void buy(Purchase purchase) {
        var name = "order-" + purchase.order();
        for (var number = 0; number < TRIES_MAX && !promises.isOver(name); number++) {
            var key = bug == Bug.SILENCE_GETS_A_NEW_KEY ? name + "/" + number : name;
            var pay = pay(name, key);
            asked.merge(key, 1, Integer::sum);
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
                new Claim(Regions.MERCHANT, key, Map.of()),
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

    /** A client changes what it bought. */
    void use(Use use) {
        var payment =
                promises.truth()
                        .holder(Regions.MERCHANT, "order-" + use.order())
                        .map(Store.KeyHolder::payment);
        payment.ifPresent(id -> use(use, change(use, id)));
    }

    private void use(Use use, Command.Change change) {
        for (var number = 0;
                number < TRIES_MAX && !promises.isOver(change.claim().key());
                number++) {
            asked.merge(change.claim().key(), 1, Integer::sum);
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
        var claim = new Claim(Regions.MERCHANT, key, Map.of());
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
        var region = regions.get(isEast ? 0 : 1);
        if (!region.isDown() && region.border().letsAskIn()) {
            baton.start(region.process(), () -> request.accept(region));
        }
        baton.pause(Duration.ofMillis(1_000L + baton.dice().nextInt(3_000)));
    }

    /** What the edge does with a command. */
    private void receive(
            Region region, Command command, Supplier<Reply> begin, Function<Work, Settled> send) {
        var call = new Call();
        baton.start(region.process(), () -> await(call, region, command));
        try {
            var reply = begin.get();
            call.isBegun = true;
            switch (reply) {
                case Reply.Begun(var work) when call.isWithdrawn -> region.gateway().abandon(work);
                case Reply.Begun(var work) -> tell(region, command, send.apply(work));
                case Reply.Held(var holder) when isHeard(region) -> {
                    promises.count("key held");
                    promises.replayed(holder);
                }
                case Reply.Held _ -> promises.count("answer lost");
                case Reply.HeldUnseen _, Reply.Refused _, Reply.Doubtful _ -> baton.letOthersRun();
                case Reply.Unavailable _ when call.isWithdrawn -> baton.letOthersRun();
                case Reply.Unavailable _ -> deny(region, command);
            }
        } catch (Store.Unavailable _) {
            baton.letOthersRun(); // answered 503; the client comes again
        }
    }

    /** One call from both sides: who works for it, and who waits for its first commit. */
    private static final class Call {
        private boolean isBegun;
        private boolean isWithdrawn;
    }

    private void await(Call call, Region region, Command command) {
        baton.pause(COMMIT_WAIT);
        if (!call.isBegun) {
            call.isWithdrawn = true;
            if (command instanceof Command.Pay) {
                deny(region, command);
            }
        }
    }

    /** The first to ask under a key is told that no money moved, and may take that for the end. */
    private void deny(Region region, Command command) {
        var key = command.claim().key();
        if (asked.getOrDefault(key, 0) == 1 && isHeard(region) && baton.dice().nextBoolean()) {
            promises.count("denied");
            promises.denied(key);
        }
    }

    private boolean isHeard(Region region) {
        return region.border().letsOut() && baton.dice().nextInt(100) >= LOST_ANSWERS_PERCENT;
    }

    /** Told, the merchant looks at the payment in each region. */
    private void tell(Region region, Command command, Settled settled) {
        if (!isHeard(region)) {
            promises.count("answer lost");
            return;
        }
        answer(region, command.claim(), settled)
                .ifPresent(answer -> {
                    promises.count("answered");
                    promises.answered(command.claim().key(), answer);
                });
        promises.acknowledged(settled.payment());
        for (var each : regions) {
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
        var isOurs =
                switch (operation.state()) {
                    case SUCCEEDED, DECLINED, FAILED -> operation.fence() == 0;
                    case SENT, UNKNOWN, NEEDS_REVIEW -> false;
                };
        if (!isOurs) {
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
