package dev.paygateway.store;

import static dev.paygateway.store.Columns.instant;
import static dev.paygateway.store.Columns.instantIfAny;
import static dev.paygateway.store.Columns.money;
import static dev.paygateway.store.Columns.textIfAny;

import dev.paygateway.payment.Amounts;
import dev.paygateway.payment.Answer;
import dev.paygateway.payment.Claim;
import dev.paygateway.payment.Decline;
import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.OperationId;
import dev.paygateway.payment.Payment;
import dev.paygateway.payment.PaymentId;
import dev.paygateway.payment.Payments.TimelineEvent;
import dev.paygateway.payment.Status;
import dev.paygateway.payment.Store.KeyHolder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/** Makes values of rows. A row that breaks an invariant makes none. */
final class Rows {
    private Rows() {}

    static Payment payment(ResultSet row) throws SQLException {
        return new Payment(
                new PaymentId(row.getString("id")),
                terms(row),
                Status.of(row.getString("status")),
                new Amounts(
                        money(row, "authorized"),
                        money(row, "captured"),
                        money(row, "capture_pending"),
                        money(row, "refunded"),
                        money(row, "refund_pending")),
                new Payment.Route(
                        row.getString("acquirer"),
                        new OperationId(row.getString("authorization_id"))),
                textIfAny(row, "open_operation").map(OperationId::new),
                decline(row),
                row.getLong("version"),
                instant(row, "updated_at"));
    }

    private static Payment.Terms terms(ResultSet row) throws SQLException {
        return new Payment.Terms(
                merchant(row),
                row.getString("reference"),
                row.getBoolean("unique_reference"),
                Payment.CaptureMode.valueOf(constant(row, "capture_mode")),
                money(row, "amount"),
                new Payment.CardSummary(
                        row.getString("card_brand"),
                        row.getString("card_bin"),
                        row.getString("card_last4"),
                        row.getInt("card_exp_month"),
                        row.getInt("card_exp_year")),
                row.getString("region"),
                row.getString("idempotency_key"),
                Columns.texts(row, "metadata"),
                Payment.OnUnknown.valueOf(constant(row, "on_unknown")),
                instant(row, "unknown_deadline"),
                instant(row, "created_at"));
    }

    static Operation operation(ResultSet row) throws SQLException {
        return new Operation(
                new OperationId(row.getString("id")),
                order(row),
                Operation.State.of(row.getString("state")),
                textIfAny(row, "acquirer_reference"),
                decline(row),
                new Operation.Watch(
                        instantIfAny(row, "next_check_at"),
                        row.getInt("checks"),
                        row.getInt("not_found")),
                row.getLong("fence"),
                instant(row, "updated_at"));
    }

    private static Operation.Order order(ResultSet row) throws SQLException {
        return new Operation.Order(
                new PaymentId(row.getString("payment_id")),
                merchant(row),
                Operation.Kind.of(row.getString("kind")),
                textIfAny(row, "resource_id"),
                money(row, "amount"),
                row.getBoolean("final"),
                textIfAny(row, "reason"),
                textIfAny(row, "target").map(OperationId::new),
                row.getString("acquirer"),
                textIfAny(row, "idempotency_key"),
                row.getString("request_id"),
                instant(row, "send_until"),
                instant(row, "created_at"));
    }

    static KeyHolder holder(ResultSet row) throws SQLException {
        var status = row.getInt("status");
        var isAnswered = !row.wasNull();
        return new KeyHolder(
                new Claim(
                        merchant(row),
                        row.getString("idem_key"),
                        Columns.texts(row, "fingerprint")),
                new PaymentId(row.getString("payment_id")),
                new OperationId(row.getString("operation_id")),
                isAnswered
                        ? Optional.of(new Answer(status, Columns.utf8(row, "body")))
                        : Optional.empty());
    }

    static TimelineEvent event(ResultSet row) throws SQLException {
        return new TimelineEvent(
                row.getString("id"),
                row.getString("type"),
                row.getLong("seq"),
                textIfAny(row, "previous_status").map(Status::of),
                Status.of(row.getString("status")),
                new OperationId(row.getString("operation_id")),
                row.getString("snapshot"),
                instant(row, "created_at"));
    }

    private static Merchant merchant(ResultSet row) throws SQLException {
        return new Merchant(
                row.getString("merchant_id"), Merchant.Mode.valueOf(constant(row, "mode")));
    }

    private static Optional<Decline> decline(ResultSet row) throws SQLException {
        var code = textIfAny(row, "decline_code");
        if (code.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Decline(
                        code.get(),
                        textIfAny(row, "decline_network_code"),
                        Decline.Advice.of(row.getString("decline_advice"))));
    }

    private static String constant(ResultSet row, String column) throws SQLException {
        return row.getString(column).toUpperCase(Locale.ROOT);
    }
}
