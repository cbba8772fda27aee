package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.BookLine;
import dev.paygateway.chaos.audit.evidence.BookLine.Effect;
import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Call.Outcome;
import dev.paygateway.chaos.audit.evidence.Moment;
import dev.paygateway.chaos.audit.evidence.PaymentStatus;
import dev.paygateway.chaos.audit.evidence.Row;
import dev.paygateway.chaos.audit.evidence.Row.Amounts;
import dev.paygateway.chaos.audit.evidence.Row.Operation.Kind;
import dev.paygateway.chaos.audit.evidence.Row.Operation.State;
import dev.paygateway.chaos.audit.evidence.Row.ScopedKey;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** One payment's life, told to all three books at once and without a contradiction. */
final class Story {
    static final String MERCHANT = "m_demo1";
    private static final String CARD = "4242";
    private static final String ACCOUNT = "acct_m_demo1";

    private final World world;
    private final String name;
    private final long amount;
    private final boolean automatic;
    private Amounts amounts = Amounts.NONE;
    private PaymentStatus status = PaymentStatus.PROCESSING;
    private long version;
    private Call open;
    private Row.Operation operation;

    Story(World world, String name, long amount, boolean automatic) {
        this.world = world;
        this.name = name;
        this.amount = amount;
        this.automatic = automatic;
        open = invoke(Call.Operation.PAY, "run-" + name, amount);
        operation = operation(Kind.AUTHORIZE, amount, false);
        var at = world.tick();
        world.rows.add(
                new Row.Payment(
                        payment(),
                        key("run-" + name),
                        "order-" + name,
                        status,
                        automatic,
                        CARD,
                        "EUR",
                        amount,
                        amounts,
                        1,
                        at,
                        at));
        begin("payment.processing");
        request("authorize");
    }

    private String payment() {
        return "pay_" + name;
    }

    private static ScopedKey key(String text) {
        return new ScopedKey(MERCHANT, "test", text);
    }

    /** The issuer says yes; if the client still waits, it is told so. */
    Story approve() {
        effect(Effect.Kind.AUTHORIZED, amount);
        if (automatic) {
            effect(Effect.Kind.CAPTURED, amount);
        }
        amounts = new Amounts(amount, automatic ? amount : 0, 0, 0, 0);
        status = automatic ? PaymentStatus.CAPTURED : PaymentStatus.AUTHORIZED;
        return end(State.SUCCEEDED, "payment." + status.word(), Outcome.OK, 201);
    }

    Story decline() {
        effect(Effect.Kind.DECLINED, amount);
        status = PaymentStatus.DECLINED;
        return end(State.DECLINED, "payment.declined", Outcome.FAIL, 402);
    }

    /** Nobody answers the client or us. */
    Story silence() {
        answer(Outcome.INFO, 0, Optional.empty());
        status = PaymentStatus.UNKNOWN;
        settle(State.UNKNOWN, "payment.unknown");
        open = invoke(Call.Operation.PAY, "run-" + name, amount);
        return this;
    }

    /** Neither we nor the acquirer ever heard of it. */
    void vanish() {
        answer(Outcome.INFO, 0, Optional.empty());
        world.rows.removeIf(row -> row.payment().equals(payment()));
        world.book.removeIf(line -> line.reference().equals("op_" + name + "_0"));
    }

    /** The acquirer never saw it, and promises that it never will. */
    Story seal() {
        var authorization = operation;
        operation = operation(Kind.REVERSE, amount, true);
        operation = Copy.with(operation, "target", Optional.of(authorization.id()));
        operation = Copy.with(operation, "key", Optional.empty());
        operation = Copy.with(operation, "state", State.SUCCEEDED);
        world.rows.add(operation);
        step("reverse.sent", authorization.id());
        request("reverse");
        effect(Effect.Kind.TOMBSTONED, 0);
        var reversal = operation.id();
        operation = authorization;
        status = PaymentStatus.FAILED;
        stored(402);
        settleRow(State.FAILED);
        step("payment.failed", reversal);
        answer(Outcome.FAIL, 402, Optional.of(status));
        return this;
    }

    /** The acquirer took the money, and we leave to people what to make of it. */
    void park() {
        effect(Effect.Kind.AUTHORIZED, amount);
        status = PaymentStatus.NEEDS_REVIEW;
        settle(State.NEEDS_REVIEW, "payment.needs_review");
        answer(Outcome.ACK, 202, Optional.of(status));
    }

    Story capture(String key, long value, boolean last) {
        open = invoke(Call.Operation.CAPTURE, "run-" + key, value);
        operation = operation(Kind.CAPTURE, value, last);
        amounts = new Amounts(amount, 0, value, 0, 0);
        begin("capture.sent");
        request("capture");
        return this;
    }

    Story release(String key) {
        open = invoke(Call.Operation.VOID, "run-" + key, 0);
        operation = operation(Kind.VOID, amount, true);
        begin("void.sent");
        request("void");
        return this;
    }

    Story refund(String key, long value) {
        open = invoke(Call.Operation.REFUND, "run-" + key, value);
        operation = operation(Kind.REFUND, value, false);
        amounts = new Amounts(amount, amount, 0, amounts.refunded(), value);
        begin("refund.sent");
        request("refund");
        return this;
    }

    /** The capture, void or refund goes through. */
    Story succeed() {
        var value = operation.amount();
        var type =
                switch (operation.kind()) {
                    case CAPTURE -> {
                        effect(Effect.Kind.CAPTURED, value);
                        if (operation.finalCapture() && value < amount) {
                            effect(Effect.Kind.RELEASED, amount - value);
                        }
                        amounts = new Amounts(value, value, 0, 0, 0);
                        status = PaymentStatus.CAPTURED;
                        yield "payment.captured";
                    }
                    case VOID -> {
                        effect(Effect.Kind.VOIDED, value);
                        amounts = Amounts.NONE;
                        status = PaymentStatus.CANCELED;
                        yield "payment.canceled";
                    }
                    case REFUND -> {
                        effect(Effect.Kind.REFUNDED, value);
                        amounts = new Amounts(amount, amount, 0, amounts.refunded() + value, 0);
                        yield "refund.succeeded";
                    }
                    case AUTHORIZE, REVERSE -> throw new IllegalStateException(name);
                };
        return end(State.SUCCEEDED, type, Outcome.OK, 201);
    }

    /** The bank sends the refund back. */
    Story comeBack() {
        effect(Effect.Kind.REFUND_RETURNED, operation.amount());
        amounts = new Amounts(amount, amount, 0, 0, 0);
        settle(State.FAILED, "refund.failed");
        return this;
    }

    Story read() {
        open = invoke(Call.Operation.GET, "", 0);
        answer(Outcome.OK, 200, Optional.of(status));
        return this;
    }

    private Story end(State state, String type, Outcome outcome, long http) {
        stored(http);
        settle(state, type);
        var paying = operation.is(Kind.AUTHORIZE);
        answer(outcome, http, paying ? Optional.of(status) : Optional.empty());
        return this;
    }

    private void stored(long http) {
        var stored = operation.key().orElseThrow();
        world.change(
                Row.Key.class,
                row -> row.key().equals(stored),
                row ->
                        Copy.with(
                                Copy.with(row, "http", OptionalLong.of(http)),
                                "body",
                                Optional.of(digest(stored.key()))));
    }

    /** Of an answer: the digest of what is stored under the key, the same for every replay. */
    private static String digest(String key) {
        return "digest of " + key;
    }

    private Row.Operation operation(Kind kind, long value, boolean last) {
        var at = world.tick();
        var count = world.rows.stream().filter(this::isOperation).count();
        return new Row.Operation(
                "op_" + name + "_" + count,
                payment(),
                kind == Kind.AUTHORIZE ? Optional.empty() : Optional.of("res_" + name),
                kind,
                State.SENT,
                value,
                "EUR",
                last,
                Optional.empty(),
                Optional.of("amber"),
                MERCHANT,
                open.key().map(Story::key),
                at,
                at);
    }

    private boolean isOperation(Row row) {
        return row instanceof Row.Operation && row.payment().equals(payment());
    }

    /** The first commit: operation, key, event, outbox. */
    private void begin(String type) {
        world.rows.add(operation);
        world.rows.add(
                new Row.Key(
                        operation.key().orElseThrow(),
                        payment(),
                        operation.id(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        world.tick()));
        step(type, operation.id());
    }

    private void settle(State state, String type) {
        settleRow(state);
        step(type, operation.id());
    }

    private void settleRow(State state) {
        var settled = Copy.with(Copy.with(operation, "state", state), "updatedAt", world.tick());
        world.change(Row.Operation.class, row -> row.id().equals(settled.id()), _ -> settled);
        operation = settled;
    }

    /** One commit's event and outbox row, and the payment as it stands after it. */
    private void step(String type, String operationId) {
        version++;
        var at = world.tick();
        var previous =
                world.rows.stream()
                        .filter(Row.Payment.class::isInstance)
                        .map(Row.Payment.class::cast)
                        .filter(row -> row.payment().equals(payment()) && version > 1)
                        .map(Row.Payment::status)
                        .findFirst();
        world.rows.add(
                new Row.Event(
                        payment(), version, type, previous, status, operationId, amounts, at));
        world.rows.add(new Row.Outbox(payment(), version, at));
        world.change(
                Row.Payment.class, row -> row.payment().equals(payment()), row -> moved(row, at));
    }

    private Row.Payment moved(Row.Payment row, Instant at) {
        var moved = Copy.with(Copy.with(row, "amounts", amounts), "status", status);
        return Copy.with(Copy.with(moved, "version", version), "updatedAt", at);
    }

    private void request(String call) {
        world.book.add(
                new BookLine.Request(
                        origin(),
                        call,
                        operation.id(),
                        original(),
                        subject(operation.amount()),
                        operation.is(Kind.AUTHORIZE) ? Optional.of(CARD) : Optional.empty()));
    }

    private void effect(Effect.Kind kind, long value) {
        world.book.add(new Effect(origin(), kind, operation.id(), original(), subject(value)));
    }

    private Optional<String> original() {
        return operation.is(Kind.AUTHORIZE) ? Optional.empty() : Optional.of("op_" + name + "_0");
    }

    private BookLine.Origin origin() {
        return new BookLine.Origin("amber", world.nextLine(), world.tick());
    }

    private static BookLine.Subject subject(long value) {
        return new BookLine.Subject(ACCOUNT, value, "EUR");
    }

    private Call invoke(Call.Operation asked, String key, long value) {
        var pays = asked == Call.Operation.PAY;
        var read = asked == Call.Operation.GET;
        var at = world.tick();
        return new Call(
                "load-test.jsonl",
                world.calls.size() + 1L,
                1,
                asked,
                MERCHANT,
                read ? Optional.empty() : Optional.of(key),
                new Call.Asked(
                        pays ? Optional.empty() : Optional.of(payment()),
                        pays ? Optional.of("order-" + name) : Optional.empty(),
                        value > 0 ? OptionalLong.of(value) : OptionalLong.empty(),
                        value > 0 ? Optional.of("EUR") : Optional.empty(),
                        pays ? Optional.of(CARD) : Optional.empty(),
                        pays ? Optional.of(automatic ? "automatic" : "manual") : Optional.empty(),
                        Optional.of("body of " + key),
                        Optional.empty()),
                new Moment(at, at.toEpochMilli()),
                Optional.empty());
    }

    private Call.Shown shown() {
        return new Call.Shown(amounts.authorized(), amounts.captured(), amounts.refunded());
    }

    private void answer(Outcome outcome, long http, Optional<PaymentStatus> seen) {
        var at = world.tick();
        var known = outcome != Outcome.INFO;
        var refused = outcome == Outcome.FAIL;
        var ofOperation = open.isWrite() && open.operation() != Call.Operation.PAY;
        var answer =
                new Call.Answer(
                        outcome,
                        new Moment(at, at.toEpochMilli()),
                        known ? Optional.of(payment()) : Optional.empty(),
                        ofOperation ? Optional.of("res_" + name) : Optional.empty(),
                        ofOperation ? Optional.of("succeeded") : Optional.empty(),
                        http > 0 ? OptionalLong.of(http) : OptionalLong.empty(),
                        seen,
                        seen.map(_ -> shown()),
                        known ? Optional.of(refused ? "no" : "yes") : Optional.empty(),
                        refused ? Optional.of("card_declined") : Optional.empty(),
                        known ? OptionalLong.of(version) : OptionalLong.empty(),
                        known ? open.key().map(Story::digest) : Optional.empty(),
                        false,
                        known ? Optional.empty() : Optional.of("timeout"),
                        Optional.of("east"));
        world.calls.add(Copy.with(open, "answer", Optional.of(answer)));
    }
}
