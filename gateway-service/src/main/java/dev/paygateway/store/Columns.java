package dev.paygateway.store;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How single values stand in columns: one way in, one way out. */
final class Columns {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private Columns() {}

    /** UTC, whatever the time zones of this process and of the session. */
    static LocalDateTime utc(Instant at) {
        return LocalDateTime.ofInstant(at, ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    static Optional<Instant> instantIfAny(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, LocalDateTime.class))
                .map(at -> at.toInstant(ZoneOffset.UTC));
    }

    static Optional<String> textIfAny(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    /** NULL for nothing. */
    static @Nullable Object ifAny(Optional<?> value) {
        return value.isPresent() ? value.get() : null;
    }

    /** Minor units of the row's currency. */
    static long minor(Money money) {
        return money.getAmountMinorLong();
    }

    static Money money(ResultSet row, String column) throws SQLException {
        return Money.ofMinor(CurrencyUnit.of(row.getString("currency")), row.getLong(column));
    }

    /** A JSON object, its members in the order of their names. */
    static String json(Map<String, String> texts) {
        return JSON.writeValueAsString(new TreeMap<>(texts));
    }

    static Map<String, String> texts(ResultSet row, String column) throws SQLException {
        return JSON.readValue(row.getString(column), TEXTS);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String utf8(ResultSet row, String column) throws SQLException {
        return new String(row.getBytes(column), StandardCharsets.UTF_8);
    }
}
