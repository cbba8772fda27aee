package dev.paygateway.edge;

import dev.paygateway.payment.Decline;
import dev.paygateway.payment.Status.MoneyMoved;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * An error as merchants read it (RFC 9457). No member ever holds a value that a merchant sent.
 *
 * @param param the field, header or parameter at fault
 * @param moneyMoved by this call
 * @param allowed the payment's statuses in which the request would be legal
 * @param fields what differs from the request that holds the key
 * @param payment the payment concerned, in JSON
 */
record Problem(
        Code code,
        String detail,
        Optional<String> param,
        MoneyMoved moneyMoved,
        Code.Retry retry,
        Optional<Duration> retryAfter,
        List<String> allowed,
        List<String> fields,
        Optional<Decline> decline,
        Optional<String> payment) {

    private static final String TYPES = "https://paygateway.dev/problems/";
    private static final String DOCS = "https://paygateway.dev/docs/errors#";

    Problem {
        allowed = List.copyOf(allowed);
        fields = List.copyOf(fields);
    }

    static Problem of(Code code, String detail) {
        return new Problem(
                code,
                detail,
                Optional.empty(),
                MoneyMoved.NO,
                code.retry(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    Problem at(String place) {
        return new Problem(
                code,
                detail,
                Optional.of(place),
                moneyMoved,
                retry,
                retryAfter,
                allowed,
                fields,
                decline,
                payment);
    }

    Problem after(Duration wait) {
        return new Problem(
                code,
                detail,
                param,
                moneyMoved,
                retry,
                Optional.of(wait),
                allowed,
                fields,
                decline,
                payment);
    }

    /** The same request, sent again after the wait, may be served. */
    Problem again(Duration wait) {
        return new Problem(
                code,
                detail,
                param,
                moneyMoved,
                Code.Retry.SAME_KEY,
                Optional.of(wait),
                allowed,
                fields,
                decline,
                payment);
    }

    /** The request may be a repeat of one that moved money: this call alone cannot say "no". */
    Problem perhapsMoved() {
        return new Problem(
                code,
                detail,
                param,
                MoneyMoved.UNKNOWN,
                retry,
                retryAfter,
                allowed,
                fields,
                decline,
                payment);
    }

    Problem allowedIn(List<String> statuses) {
        return new Problem(
                code,
                detail,
                param,
                moneyMoved,
                retry,
                retryAfter,
                statuses,
                fields,
                decline,
                payment);
    }

    Problem differingIn(List<String> names) {
        return new Problem(
                code,
                detail,
                param,
                moneyMoved,
                retry,
                retryAfter,
                allowed,
                names,
                decline,
                payment);
    }

    Problem declined(Decline reason) {
        var next = reason.advice() == Decline.Advice.DO_NOT_RETRY ? Code.Retry.NEVER : code.retry();
        return new Problem(
                code,
                detail,
                param,
                moneyMoved,
                next,
                retryAfter,
                allowed,
                fields,
                Optional.of(reason),
                payment);
    }

    Problem about(String paymentJson) {
        return new Problem(
                code,
                detail,
                param,
                moneyMoved,
                retry,
                retryAfter,
                allowed,
                fields,
                decline,
                Optional.of(paymentJson));
    }

    int status() {
        return code.status();
    }

    /** The body; the request id lets support find the request. */
    String toJson(String requestId) {
        return Json.object(out -> write(out, requestId));
    }

    private void write(JsonGenerator out, String requestId) {
        var name = code.code();
        out.writeStringProperty("type", TYPES + name.replace('_', '-'));
        out.writeStringProperty("title", code.title());
        out.writeNumberProperty("status", code.status());
        out.writeStringProperty("code", name);
        out.writeStringProperty("detail", detail);
        param.ifPresent(place -> out.writeStringProperty("param", place));
        out.writeStringProperty("money_moved", moneyMoved.code());
        out.writeStringProperty("retry", retry.code());
        retryAfter.ifPresent(wait -> out.writeNumberProperty("retry_after_s", wait.toSeconds()));
        writeList(out, "allowed", allowed);
        writeList(out, "fields", fields);
        decline.ifPresent(reason -> writeDecline(out, reason));
        payment.ifPresent(json -> out.writeName("payment").writeRawValue(json));
        out.writeStringProperty("request_id", requestId);
        out.writeStringProperty("docs", DOCS + name);
    }

    static void writeDecline(JsonGenerator out, Decline decline) {
        out.writeObjectPropertyStart("decline");
        out.writeStringProperty("code", decline.code());
        decline.networkCode().ifPresent(code -> out.writeStringProperty("network_code", code));
        out.writeStringProperty("advice", decline.advice().name().toLowerCase(Locale.ROOT));
        out.writeEndObject();
    }

    private static void writeList(JsonGenerator out, String name, List<String> values) {
        if (!values.isEmpty()) {
            out.writeArrayPropertyStart(name);
            values.forEach(out::writeString);
            out.writeEndArray();
        }
    }
}
