package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.BookLine.Effect;
import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Call.Outcome;
import dev.paygateway.chaos.audit.evidence.Dossier;
import dev.paygateway.chaos.audit.evidence.PaymentStatus;
import dev.paygateway.chaos.audit.evidence.Row;
import dev.paygateway.chaos.audit.evidence.Row.Operation.Kind;
import dev.paygateway.chaos.audit.evidence.Row.Operation.State;
import dev.paygateway.chaos.audit.judge.Case.Acquirer;
import dev.paygateway.chaos.audit.judge.Case.Client;
import dev.paygateway.chaos.audit.judge.Case.Database;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads off a dossier, for each of its keys, the facts that the verdict table wants. */
final class Claims {
    /** A key that is taken: its answer cannot be seen yet, which does not deny it. */
    private static final String IN_PROGRESS = "idempotency_in_progress";

    /** What is answered before anybody looks at the key, of the call alone. */
    private static final Set<Long> BEFORE_THE_KEY =
            Set.of(401L, 403L, 405L, 408L, 413L, 415L, 431L);

    private final Examination examination;
    private final Dossier dossier;
    private final Map<String, Row.Key> rows;
    private final Map<String, List<Row.Operation>> operations;

    Claims(Examination examination) {
        this.examination = examination;
        this.dossier = examination.dossier();
        this.rows =
                dossier.keys().stream()
                        .collect(
                                Collectors.toMap(
                                        row -> row.key().key(), row -> row, (first, _) -> first));
        this.operations =
                dossier.operations().stream()
                        .filter(operation -> operation.key().isPresent())
                        .collect(
                                Collectors.groupingBy(
                                        operation -> operation.key().orElseThrow().key()));
    }

    List<Claim> all() {
        Map<String, List<Call>> calls =
                dossier.calls().stream()
                        .filter(call -> call.isWrite() && call.key().isPresent())
                        .collect(
                                Collectors.groupingBy(
                                        call -> call.key().orElseThrow(),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        return keys(calls.keySet()).stream()
                .map(key -> claim(key, calls.getOrDefault(key, List.of())))
                .toList();
    }

    private Set<String> keys(Set<String> called) {
        var keys = new LinkedHashSet<>(called);
        dossier.payment().ifPresent(payment -> keys.add(payment.key().key()));
        dossier.keys().forEach(row -> keys.add(row.key().key()));
        dossier.operations().stream()
                .flatMap(operation -> operation.key().stream())
                .forEach(key -> keys.add(key.key()));
        return keys;
    }

    private Claim claim(String key, List<Call> calls) {
        var row = Optional.ofNullable(rows.get(key));
        var operation = operation(key, row);
        var kind = kind(key, calls, operation);
        var pays = kind == Call.Operation.PAY;
        var database = pays ? payment() : operation(operation);
        var acquirer = pays ? paid(database) : operation.map(this::done).orElse(nothing());
        return new Claim(
                key, kind, calls, row, operation, new Case(client(key, calls), database, acquirer));
    }

    private Optional<Row.Operation> operation(String key, Optional<Row.Key> row) {
        return row.flatMap(held -> dossier.operation(held.operation()))
                .or(() -> started(key).findFirst());
    }

    private Stream<Row.Operation> started(String key) {
        return operations.getOrDefault(key, List.of()).stream();
    }

    private Call.Operation kind(String key, List<Call> calls, Optional<Row.Operation> operation) {
        if (!calls.isEmpty()) {
            return calls.getFirst().operation();
        }
        if (dossier.payment().filter(row -> row.key().key().equals(key)).isPresent()) {
            return Call.Operation.PAY;
        }
        return switch (operation.map(Row.Operation::kind).orElse(Kind.AUTHORIZE)) {
            case AUTHORIZE -> Call.Operation.PAY;
            case CAPTURE -> Call.Operation.CAPTURE;
            case VOID, REVERSE -> Call.Operation.VOID;
            case REFUND -> Call.Operation.REFUND;
        };
    }

    private Client client(String key, List<Call> calls) {
        if (calls.isEmpty()) {
            return belongsToRun(key) ? new Client.NeverInvoked() : new Client.Elsewhere();
        }
        var tries = calls.stream().filter(call -> isOwn(call, calls.getFirst())).toList();
        if (tries.stream().anyMatch(call -> call.outcome() == Outcome.OK)) {
            return new Client.Ok(isDenied(tries));
        }
        var acknowledged = tries.stream().anyMatch(call -> call.outcome() == Outcome.ACK);
        if (tries.isEmpty() || isRefusal(tries.getLast())) {
            return new Client.Fail(acknowledged);
        }
        return acknowledged ? new Client.Ack() : new Client.Silence();
    }

    /** What is answered to another body says nothing of the key's own operation. */
    private static boolean isOwn(Call call, Call first) {
        return call.merchant().equals(first.merchant())
                && AnswerStable.Content.of(call).equals(AnswerStable.Content.of(first))
                && !call.code(AnswerStable.REUSED);
    }

    /** A refund's key is as old as the refund, which may be much younger than its payment. */
    private boolean belongsToRun(String key) {
        var begun = started(key).map(Row.Operation::createdAt).toList();
        var times =
                begun.isEmpty()
                        ? dossier.payment().stream().map(Row.Payment::createdAt)
                        : begun.stream();
        return times.anyMatch(created -> examination.horizon().belongsToRun(key, created));
    }

    /** Whether who had been told that it is done was told at last that it is not. */
    private static boolean isDenied(List<Call> tries) {
        var last = tries.getLast();
        return last.outcome() != Outcome.OK
                && isRefusal(last)
                && !BEFORE_THE_KEY.contains(last.http())
                && !last.code(IN_PROGRESS)
                && tries.stream()
                        .filter(call -> call.outcome() == Outcome.OK)
                        .anyMatch(call -> Precedence.isBefore(call, last));
    }

    private static boolean isRefusal(Call call) {
        return call.outcome() == Outcome.FAIL || call.saysNoMoneyMoved();
    }

    private Database payment() {
        if (!dossier.twins().isEmpty()) {
            return new Database.Twice();
        }
        return dossier.payment()
                .<Database>map(row -> new Database.Yes(row.status().isApproved()))
                .orElse(new Database.No());
    }

    private static Database operation(Optional<Row.Operation> operation) {
        return operation
                .<Database>map(row -> new Database.Yes(row.state() == State.SUCCEEDED))
                .orElse(new Database.No());
    }

    /** Of a payment: whether somebody pays by the books exactly if the row says so. */
    private Acquirer paid(Database database) {
        var charged = examination.charges().stream().anyMatch(it -> it.effective() > 0);
        if (database instanceof Database.No) {
            return charged ? effect(dossier.effects()) : nothing();
        }
        var settled = dossier.payment().filter(examination::isSettled);
        if (settled.isEmpty() || settled.get().status() == PaymentStatus.EXPIRED) {
            return new Acquirer.Equal();
        }
        if (charged == settled.get().status().isApproved()) {
            return new Acquirer.Equal();
        }
        return charged ? effect(dossier.effects()) : nothing();
    }

    /** Of anything else: whether the operation did in the books what its row says. */
    private Acquirer done(Row.Operation operation) {
        var succeeded = operation.state() == State.SUCCEEDED;
        var happened = happened(operation);
        if (!examination.isSettled(operation) || succeeded == happened) {
            return new Acquirer.Equal();
        }
        return happened ? effect(examination.effectsOf(operation)) : nothing();
    }

    private boolean happened(Row.Operation operation) {
        return switch (operation.kind()) {
            case AUTHORIZE -> examination.charges().stream().anyMatch(Charge::stands);
            case CAPTURE -> examination.sum(operation, Effect.Kind.CAPTURED) > 0;
            case REFUND ->
                    examination.sum(operation, Effect.Kind.REFUNDED)
                            > examination.sum(operation, Effect.Kind.REFUND_RETURNED);
            case VOID -> examination.effectsOf(operation).anyMatch(it -> it.is(Effect.Kind.VOIDED));
            case REVERSE -> operation.state() == State.SUCCEEDED;
        };
    }

    private Acquirer effect(Stream<Effect> effects) {
        var overdue =
                effects.anyMatch(effect -> examination.horizon().overdue(effect.origin().at()));
        return new Acquirer.Effect(overdue);
    }

    private static Acquirer nothing() {
        return new Acquirer.Nothing();
    }
}
