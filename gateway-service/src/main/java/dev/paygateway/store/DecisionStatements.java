package dev.paygateway.store;

import static dev.paygateway.store.Columns.ifAny;
import static dev.paygateway.store.Columns.json;
import static dev.paygateway.store.Columns.minor;
import static dev.paygateway.store.Columns.utc;

import dev.paygateway.payment.Claim;
import dev.paygateway.payment.Decision;
import dev.paygateway.payment.Decline;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.OperationId;
import dev.paygateway.payment.Payment;
import dev.paygateway.payment.Rendering;
import java.time.Duration;
import java.util.Optional;

/**
 * Puts a decision into SQL. The version pins the amounts that a change was decided on, so the WHERE
 * need not repeat the limits on money; the table's CHECKs hold them against every other writer too.
 */
final class DecisionStatements {
    /** An answer is kept this long after the request that asked for it. */
    static final Duration KEY_KEPT = Duration.ofDays(35);

    private static final String CLAIM =
            Guard.KEY_FREE.unlessDuplicate(
                    """
                    INSERT INTO idempotency (merchant_id, mode, idem_key, payment_id, operation_id,
                        fingerprint, created_at, expires_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?);
                    """);

    private static final String NEW_PAYMENT =
            Guard.REFERENCE_FREE.unlessDuplicate(
                    """
                    INSERT INTO payment (id, merchant_id, mode, reference, unique_reference,
                        capture_mode, currency, amount, card_brand, card_bin, card_last4,
                        card_exp_month, card_exp_year, region, idempotency_key, metadata,
                        on_unknown, unknown_deadline, created_at,
                        live_reference, status, authorized, captured, capture_pending, refunded,
                        refund_pending, acquirer, authorization_id, open_operation, decline_code,
                        decline_network_code, decline_advice, version, updated_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                        ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
                    """);

    private static final String CHANGED_PAYMENT =
            Guard.PAYMENT_UNCHANGED.exactlyOne(
                    """
                    UPDATE payment SET
                        live_reference = ?, status = ?, authorized = ?, captured = ?,
                        capture_pending = ?, refunded = ?, refund_pending = ?, acquirer = ?,
                        authorization_id = ?, open_operation = ?, decline_code = ?,
                        decline_network_code = ?, decline_advice = ?, version = ?, updated_at = ?
                    WHERE id = ? AND version = ? AND status = ?;
                    """);

    private static final String NEW_OPERATION =
            """
            INSERT INTO operation (id, payment_id, resource_id, kind, amount, currency, final,
                reason, target, acquirer, merchant_id, mode, idempotency_key, request_id,
                send_until, created_at, state, acquirer_reference, decline_code,
                decline_network_code, decline_advice, next_check_at, checks, not_found, fence,
                updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
            """;

    private static final String CHANGED_OPERATION =
            Guard.OPERATION_UNCHANGED.exactlyOne(
                    """
                    UPDATE operation SET
                        state = ?, acquirer_reference = ?, decline_code = ?,
                        decline_network_code = ?, decline_advice = ?, next_check_at = ?,
                        checks = ?, not_found = ?, updated_at = ?,
                        lease_owner = NULL, lease_until = NULL, revision = revision + 1
                    WHERE id = ? AND fence = ?;
                    """);

    private static final String EVENT =
            """
            INSERT INTO event (payment_id, seq, id, type, previous_status, status, operation_id,
                authorized, captured, capture_pending, refunded, refund_pending, snapshot,
                created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
            """;

    private static final String OUTBOX =
            """
            INSERT INTO outbox (payment_id, seq, event_id, merchant_id, mode, created_at)
            VALUES (?, ?, ?, ?, ?, ?);
            """;

    private static final String ANSWER =
            Guard.ANSWER_OPEN.exactlyOne(
                    """
                    UPDATE idempotency SET status = ?, body = ?, answered_at = ?
                    WHERE merchant_id = ? AND mode = ? AND idem_key = ? AND status IS NULL;
                    """);

    private final Rendering rendering;

    DecisionStatements(Rendering rendering) {
        this.rendering = rendering;
    }

    /** The claim comes first, so that a taken key is told rather than a taken reference. */
    Compound compound(Decision decision) {
        var into = new Compound.Builder();
        var after = decision.after();
        decision.claim().ifPresent(claim -> addClaim(into, claim, decision));
        decision.before()
                .ifPresentOrElse(
                        before -> addChangedPayment(into, before, after),
                        () -> addNewPayment(into, after));
        decision.changed().forEach(operation -> addChangedOperation(into, operation));
        decision.started().ifPresent(operation -> addNewOperation(into, operation));
        addEvent(into, decision);
        decision.answered().ifPresent(operation -> addAnswer(into, after, operation));
        return into.build();
    }

    private static void addClaim(Compound.Builder into, Claim claim, Decision decision) {
        var at = decision.after().updatedAt();
        into.add(
                CLAIM,
                claim.merchant().id(),
                claim.merchant().mode().code(),
                claim.key(),
                decision.after().id().value(),
                decision.started().orElseThrow().id().value(),
                json(claim.fingerprint()),
                utc(at),
                utc(at.plus(KEY_KEPT)));
    }

    private static void addNewPayment(Compound.Builder into, Payment payment) {
        var terms = payment.terms();
        into.add(
                NEW_PAYMENT,
                payment.id().value(),
                terms.merchant().id(),
                terms.merchant().mode().code(),
                terms.reference(),
                terms.uniqueReference(),
                terms.captureMode().code(),
                terms.asked().getCurrencyUnit().getCode(),
                minor(terms.asked()),
                terms.card().brand(),
                terms.card().bin(),
                terms.card().last4(),
                terms.card().expiryMonth(),
                terms.card().expiryYear(),
                terms.region(),
                terms.idempotencyKey(),
                json(terms.metadata()),
                terms.onUnknown().code(),
                utc(terms.unknownDeadline()),
                utc(terms.createdAt()));
        addStanding(into, payment);
    }

    private static void addChangedPayment(Compound.Builder into, Payment before, Payment after) {
        into.add(CHANGED_PAYMENT);
        addStanding(into, after);
        into.values(before.id().value(), before.version(), before.status().code());
    }

    /** What a commit may change of a payment. */
    private static void addStanding(Compound.Builder into, Payment payment) {
        var isLive = payment.terms().uniqueReference() && !payment.status().isVoid();
        var amounts = payment.amounts();
        into.values(
                isLive ? payment.terms().reference() : null,
                payment.status().code(),
                minor(amounts.authorized()),
                minor(amounts.captured()),
                minor(amounts.capturePending()),
                minor(amounts.refunded()),
                minor(amounts.refundPending()),
                payment.route().acquirer(),
                payment.route().authorization().value(),
                ifAny(payment.openOperation().map(OperationId::value)));
        addDecline(into, payment.decline());
        into.values(payment.version(), utc(payment.updatedAt()));
    }

    private static void addNewOperation(Compound.Builder into, Operation operation) {
        var order = operation.order();
        into.add(
                NEW_OPERATION,
                operation.id().value(),
                order.payment().value(),
                ifAny(order.resource()),
                order.kind().code(),
                minor(order.amount()),
                order.amount().getCurrencyUnit().getCode(),
                order.last(),
                ifAny(order.reason()),
                ifAny(order.target().map(OperationId::value)),
                order.acquirer(),
                order.merchant().id(),
                order.merchant().mode().code(),
                ifAny(order.key()),
                order.requestId(),
                utc(order.sendUntil()),
                utc(order.createdAt()),
                operation.state().code(),
                ifAny(operation.acquirerReference()));
        addDecline(into, operation.decline());
        addWatch(into, operation.watch());
        into.values(operation.fence(), utc(operation.updatedAt()));
    }

    private static void addChangedOperation(Compound.Builder into, Operation operation) {
        into.add(CHANGED_OPERATION, operation.state().code(), ifAny(operation.acquirerReference()));
        addDecline(into, operation.decline());
        addWatch(into, operation.watch());
        into.values(utc(operation.updatedAt()), operation.id().value(), operation.fence());
    }

    private static void addDecline(Compound.Builder into, Optional<Decline> decline) {
        into.values(
                ifAny(decline.map(Decline::code)),
                ifAny(decline.flatMap(Decline::networkCode)),
                ifAny(decline.map(Decline::advice).map(Decline.Advice::code)));
    }

    private static void addWatch(Compound.Builder into, Operation.Watch watch) {
        into.values(ifAny(watch.nextCheckAt().map(Columns::utc)), watch.checks(), watch.notFound());
    }

    private void addEvent(Compound.Builder into, Decision decision) {
        var after = decision.after();
        var event = decision.event();
        into.add(
                EVENT,
                after.id().value(),
                after.version(),
                event.id(),
                event.type(),
                ifAny(decision.before().map(before -> before.status().code())),
                after.status().code(),
                event.cause().value(),
                minor(after.amounts().authorized()),
                minor(after.amounts().captured()),
                minor(after.amounts().capturePending()),
                minor(after.amounts().refunded()),
                minor(after.amounts().refundPending()),
                rendering.snapshot(after),
                utc(after.updatedAt()));
        into.add(
                OUTBOX,
                after.id().value(),
                after.version(),
                event.id(),
                after.terms().merchant().id(),
                after.terms().merchant().mode().code(),
                utc(after.updatedAt()));
    }

    private void addAnswer(Compound.Builder into, Payment after, Operation operation) {
        var answer = rendering.answer(after, operation);
        into.add(
                ANSWER,
                answer.status(),
                Columns.utf8(answer.body()),
                utc(after.updatedAt()),
                operation.order().merchant().id(),
                operation.order().merchant().mode().code(),
                operation.order().key().orElseThrow());
    }
}
