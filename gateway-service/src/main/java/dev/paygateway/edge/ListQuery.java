package dev.paygateway.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paygateway.payment.PaymentId;
import dev.paygateway.payment.Payments.Cursor;
import dev.paygateway.payment.Payments.Filter;
import dev.paygateway.payment.Payments.Lines;
import dev.paygateway.payment.Payments.Page;
import dev.paygateway.payment.Status;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Reads what a list is asked for. Every parameter is known and stands there once. */
final class ListQuery {
    private static final int LIMIT_USUAL = 10;
    private static final int LIMIT_MAX = 100;
    private static final Set<String> KNOWN =
            Set.of(
                    "status",
                    "reference",
                    "card_last4",
                    "card_bin",
                    "currency",
                    "amount_gte",
                    "amount_lte",
                    "created_gte",
                    "created_lt",
                    "acquirer",
                    "region",
                    "limit",
                    "after",
                    "before");
    private static final Set<String> KNOWN_OF_TIMELINES = Set.of("limit", "after");

    /** What the API promises beside them, and does not do yet. */
    private static final Set<String> TO_COME = Set.of("expand", "needs_review", "refresh");

    private static final String NAME = "[A-Za-z0-9_-]{1,32}";
    private static final String CURSOR = "([0-9]{1,15})\\.(pay_[a-z][0-9a-f]{32})";
    private static final String SEQUENCE = "[0-9]{1,15}";

    private final Map<String, String[]> parameters;

    private ListQuery(Map<String, String[]> parameters) {
        this.parameters = parameters;
    }

    static ListQuery of(HttpServletRequest request) {
        notToCome(request);
        return new ListQuery(onlyKnown(request, KNOWN));
    }

    static ListQuery ofTimeline(HttpServletRequest request) {
        notToCome(request);
        return new ListQuery(onlyKnown(request, KNOWN_OF_TIMELINES));
    }

    /** Reads of one payment take no parameters yet. */
    static void ofOne(HttpServletRequest request) {
        notToCome(request);
        none(request);
    }

    /** Fails with 400 if the request has parameters at all. */
    static void none(HttpServletRequest request) {
        onlyKnown(request, Set.of());
    }

    private static void notToCome(HttpServletRequest request) {
        for (var name : request.getParameterMap().keySet()) {
            if (TO_COME.contains(name)) {
                throw Rejection.at(
                        name,
                        Code.NO_SUCH_FEATURE,
                        "The parameter is not built yet; leave it out.");
            }
        }
    }

    private static Map<String, String[]> onlyKnown(HttpServletRequest request, Set<String> known) {
        var parameters = request.getParameterMap();
        parameters.forEach((name, values) -> {
            if (!known.contains(name)) {
                throw unknown(known);
            }
            if (values.length > 1) {
                throw invalid(name, "It may be there once.");
            }
        });
        return parameters;
    }

    private static Rejection unknown(Set<String> known) {
        return Rejection.at(
                "query",
                Code.INVALID_REQUEST,
                known.isEmpty()
                        ? "This address takes no parameters."
                        : "There is an unknown parameter; known are %s."
                                .formatted(String.join(", ", new TreeSet<>(known))));
    }

    Filter filter() {
        return new Filter(
                text("status").map(this::status),
                text("reference"),
                matching("card_last4", "[0-9]{4}", "four digits"),
                matching("card_bin", "[0-9]{6}", "six digits"),
                matching("currency", "[A-Z]{3}", "three capitals"),
                amount("amount_gte"),
                amount("amount_lte"),
                time("created_gte"),
                time("created_lt"),
                matching("acquirer", NAME, "a name"),
                matching("region", NAME, "a name"));
    }

    Page page() {
        var after = cursor("after");
        var before = cursor("before");
        if (after.isPresent() && before.isPresent()) {
            throw invalid("before", "It cannot stand beside after.");
        }
        return new Page(limit(), after, before);
    }

    Lines lines() {
        var after = text("after").map(encoded -> decoded("after", encoded, SEQUENCE));
        return new Lines(limit(), after.map(Long::parseLong).orElse(0L));
    }

    private int limit() {
        return (int) number("limit", 1, LIMIT_MAX).orElse(LIMIT_USUAL);
    }

    /** A place in the list, for the parameters {@code after} and {@code before}. */
    static String cursor(Cursor cursor) {
        return encoded(cursor.createdAt().toEpochMilli() + "." + cursor.id());
    }

    /** A place in a timeline, for the parameter {@code after}. */
    static String cursor(long sequence) {
        return encoded(Long.toString(sequence));
    }

    private static String encoded(String cursor) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.getBytes(UTF_8));
    }

    private Optional<Cursor> cursor(String name) {
        return text(name).map(encoded -> place(decoded(name, encoded, CURSOR)));
    }

    private static Cursor place(String text) {
        var point = text.indexOf('.');
        return new Cursor(
                Instant.ofEpochMilli(Long.parseLong(text.substring(0, point))),
                new PaymentId(text.substring(point + 1)));
    }

    private static String decoded(String name, String encoded, String form) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(encoded), UTF_8);
            if (text.matches(form)) {
                return text;
            }
        } catch (IllegalArgumentException _) {
            // answered below
        }
        throw invalid(name, "It must be a next_cursor that a list gave.");
    }

    private Status status(String code) {
        return Arrays.stream(Status.values())
                .filter(status -> status.code().equals(code))
                .findFirst()
                .orElseThrow(() -> invalid("status", "There is no such status."));
    }

    private OptionalLong amount(String name) {
        return number(name, 0, MoneyFields.MINOR_MAX);
    }

    private OptionalLong number(String name, long least, long most) {
        var text = matching(name, "[0-9]{1,12}", "a number");
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        var number = Long.parseLong(text.get());
        if (number < least || number > most) {
            throw invalid(name, "It must be from %d to %d.".formatted(least, most));
        }
        return OptionalLong.of(number);
    }

    private Optional<Instant> time(String name) {
        try {
            return text(name).map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException _) {
            throw invalid(name, "It must be a time like 2026-01-31T12:00:00Z.");
        }
    }

    private Optional<String> matching(String name, String form, String what) {
        var text = text(name);
        if (text.isPresent() && !text.get().matches(form)) {
            throw invalid(name, "It must be %s.".formatted(what));
        }
        return text;
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name)).map(values -> values[0]);
    }

    private static Rejection invalid(String name, String detail) {
        return Rejection.at(name, Code.INVALID_REQUEST, detail);
    }
}
