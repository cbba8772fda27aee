package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.PaymentStatus;
import dev.paygateway.chaos.audit.evidence.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** Makes the gateway's tables by its own migrations and fills them with a world's rows. */
final class Tables {
    private final Connection connection;

    Tables(Connection connection) {
        this.connection = connection;
    }

    /** The service's own migrations where they are; a copy of them would drift. */
    void create() throws IOException, SQLException {
        execute("CREATE ROLE IF NOT EXISTS gateway_app");
        for (var file : schema()) {
            var sql = Files.readString(file).replaceAll("(?m)--.*$", "");
            for (var statement : sql.split(";", -1)) {
                if (!statement.isBlank()) {
                    execute(statement);
                }
            }
        }
    }

    private static List<Path> schema() throws IOException {
        var module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        var migrations = module.resolveSibling("gateway-service/src/main/resources/db/migration");
        try (var files = Files.newDirectoryStream(migrations, "V*.sql")) {
            return StreamSupport.stream(files.spliterator(), false).sorted().toList();
        }
    }

    void clear() throws SQLException {
        for (var table : List.of("payment", "operation", "event", "outbox", "idempotency")) {
            execute("DELETE FROM " + table);
        }
    }

    void fill(World world) throws SQLException {
        for (var row : world.rows) {
            insert(row);
        }
    }

    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void insert(Row row) throws SQLException {
        switch (row) {
            case Row.Payment it -> insert("payment", payment(it));
            case Row.Operation it -> insert("operation", operation(it));
            case Row.Event it -> insert("event", event(it));
            case Row.Outbox it -> insert("outbox", outbox(it));
            case Row.Key it -> insert("idempotency", key(it));
        }
    }

    private void insert(String table, Map<String, Object> values) throws SQLException {
        var columns = new ArrayList<>(values.keySet());
        var marks = String.join(",", columns.stream().map(_ -> "?").toList());
        var names = String.join(",", columns);
        var sql = "INSERT INTO %s (%s) VALUES (%s)".formatted(table, names, marks);
        try (var insert = connection.prepareStatement(sql)) {
            for (var index = 0; index < columns.size(); index++) {
                insert.setObject(index + 1, values.get(columns.get(index)));
            }
            insert.executeUpdate();
        }
    }

    private static Map<String, Object> payment(Row.Payment it) {
        var values = of("id", it.payment(), "reference", it.reference());
        values.putAll(of("status", it.status().word(), "currency", it.currency()));
        values.putAll(scope(it.key()));
        values.putAll(of("idempotency_key", it.key().key(), "unique_reference", false));
        values.putAll(of("capture_mode", it.automaticCapture() ? "automatic" : "manual"));
        values.putAll(of("amount", it.amount(), "version", it.version()));
        values.putAll(amounts(it.amounts()));
        values.putAll(of("card_brand", "visa", "card_bin", "424242", "card_last4", it.card()));
        values.putAll(of("card_exp_month", 12, "card_exp_year", 2030, "acquirer", "amber"));
        values.putAll(of("authorization_id", "op", "region", "east", "metadata", "{}"));
        values.putAll(of("on_unknown", "wait", "unknown_deadline", utc(it.createdAt())));
        values.putAll(of("created_at", utc(it.createdAt()), "updated_at", utc(it.updatedAt())));
        return values;
    }

    private static Map<String, Object> operation(Row.Operation it) {
        var values = of("id", it.id(), "payment_id", it.payment(), "merchant_id", it.merchant());
        values.putAll(of("kind", lower(it.kind()), "state", lower(it.state()), "mode", "test"));
        values.putAll(of("amount", it.amount(), "currency", it.currency()));
        values.putAll(of("final", it.finalCapture(), "acquirer", it.acquirer().orElseThrow()));
        it.resource().ifPresent(id -> values.put("resource_id", id));
        it.target().ifPresent(id -> values.put("target", id));
        it.key().ifPresent(key -> values.put("idempotency_key", key.key()));
        values.putAll(of("request_id", "req", "send_until", utc(it.createdAt())));
        values.putAll(of("checks", 0, "not_found", 0, "fence", 0));
        values.putAll(of("created_at", utc(it.createdAt()), "updated_at", utc(it.updatedAt())));
        return values;
    }

    private static Map<String, Object> event(Row.Event it) {
        var values = of("payment_id", it.payment(), "seq", it.seq(), "type", it.type());
        values.putAll(of("id", "evt_" + it.payment() + it.seq(), "status", it.status().word()));
        it.previous().map(PaymentStatus::word).ifPresent(was -> values.put("previous_status", was));
        values.putAll(of("operation_id", it.operation(), "snapshot", "{}"));
        values.putAll(amounts(it.amounts()));
        values.putAll(of("created_at", utc(it.at())));
        return values;
    }

    private static Map<String, Object> outbox(Row.Outbox it) {
        var values = of("payment_id", it.payment(), "seq", it.seq(), "created_at", utc(it.at()));
        values.putAll(of("event_id", "evt", "merchant_id", Story.MERCHANT, "mode", "test"));
        return values;
    }

    private static Map<String, Object> key(Row.Key it) {
        var values = of("idem_key", it.key().key(), "payment_id", it.payment());
        values.putAll(scope(it.key()));
        values.putAll(of("operation_id", it.operation(), "fingerprint", "{}"));
        values.putAll(of("created_at", utc(it.at()), "expires_at", utc(it.at())));
        it.body()
                .ifPresent(body -> {
                    values.put("status", it.http().orElseThrow());
                    values.put("body", body.getBytes(StandardCharsets.UTF_8));
                    values.put("answered_at", utc(it.at()));
                });
        return values;
    }

    private static Map<String, Object> scope(Row.ScopedKey key) {
        return of("merchant_id", key.merchant(), "mode", key.mode());
    }

    private static Map<String, Object> amounts(Row.Amounts it) {
        var values = of("authorized", it.authorized(), "captured", it.captured());
        values.putAll(of("capture_pending", it.capturePending(), "refunded", it.refunded()));
        values.putAll(of("refund_pending", it.refundPending()));
        return values;
    }

    private static Map<String, Object> of(Object... pairs) {
        var values = new LinkedHashMap<String, Object>();
        for (var index = 0; index < pairs.length; index += 2) {
            values.put((String) pairs[index], Objects.requireNonNull(pairs[index + 1]));
        }
        return values;
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
