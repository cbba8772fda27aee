package dev.paygateway.client;

import static dev.paygateway.client.ScriptedGateway.json;
import static dev.paygateway.client.ScriptedGateway.payment;
import static dev.paygateway.client.ScriptedGateway.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.client.ScriptedGateway.Heard;
import dev.paygateway.client.ScriptedGateway.Reply;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: reads find what is there, and silence is never read as absence.
 *
 * <p>Method: one gateway over real mutual TLS answers by script.
 */
class ReadsTest {
    @TempDir private Path folder;

    @Test
    void findsAPaymentByIdByKeyAndByReference() {
        var heard =
                read(
                        payments -> {
                            assertThat(payments.get("pay_e1")).isInstanceOf(ReadResult.Found.class);
                            payments.getByKey(IdempotencyKey.of("order-1-attempt-1"));
                            return payments.getByReference("order 1/a");
                        },
                        json(200, payment("captured", "yes", 2)));

        assertThat(heard)
                .extracting(Heard::path)
                .containsExactly(
                        "/v1/payments/pay_e1",
                        "/v1/payments/by-key/order-1-attempt-1",
                        "/v1/payments/by-reference/order%201%2Fa");
    }

    @Test
    void tellsAbsenceFromSilence() {
        read(
                payments -> {
                    assertThat(payments.get("pay_e1")).isInstanceOf(ReadResult.Missing.class);
                    return payments.get("pay_e1");
                },
                problem(404, "not_found", "no", "never"));
        read(
                payments -> {
                    var result = payments.get("pay_e1");
                    assertThat(result).isInstanceOf(ReadResult.Unreachable.class);
                    return result;
                },
                json(404, "<html>"));
    }

    @Test
    void pagesThroughAList() {
        var page =
                "{\"object\":\"list\",\"data\":[%s],\"has_more\":true,\"next_cursor\":\"c1\"}"
                        .formatted(payment("captured", "yes", 2));
        var heard =
                read(
                        payments -> {
                            var query = ListQuery.first(2).withStatus(PaymentStatus.CAPTURED);
                            var found = (ReadResult.Found<PaymentPage>) payments.list(query);
                            assertThat(found.value().payments()).hasSize(1);
                            var cursor = found.value().nextCursor().orElseThrow();
                            return payments.list(query.startingAfter(cursor));
                        },
                        json(200, page));

        assertThat(heard)
                .extracting(Heard::path)
                .containsExactly(
                        "/v1/payments?limit=2&status=captured",
                        "/v1/payments?limit=2&status=captured&after=c1");
    }

    @Test
    void readsATimeline() {
        var heard =
                read(
                        payments -> {
                            var found = (ReadResult.Found<EventPage>) payments.events("pay_e1");
                            assertThat(found.value().events().getFirst().created())
                                    .isEqualTo(Instant.parse("2026-11-24T02:00:00.123Z"));
                            var cursor = found.value().nextCursor().orElseThrow();
                            return payments.eventsAfter("pay_e1", cursor);
                        },
                        json(
                                200,
                                """
                                {"object":"list","data":[{"id":"evt_1","type":"payment.processing",
                                 "sequence":1,"status":"processing",
                                 "created_at":"2026-11-24T02:00:00.123Z"}],
                                 "has_more":true,"next_cursor":"MQ"}
                                """));

        assertThat(heard)
                .extracting(Heard::path)
                .containsExactly(
                        "/v1/payments/pay_e1/events?limit=100",
                        "/v1/payments/pay_e1/events?limit=100&after=MQ");
    }

    private List<Heard> read(Function<Payments, ReadResult<?>> action, Reply reply) {
        var authority = new TestAuthority(folder);
        try (var gateway = new ScriptedGateway(authority.context());
                var client = client(authority, gateway)) {
            gateway.replies(reply);
            var _ = action.apply(client.payments());
            return gateway.heard();
        }
    }

    @MustBeClosed
    private static GatewayClient client(TestAuthority authority, ScriptedGateway gateway) {
        return new GatewayClient(
                ClientSettings.of(List.of(gateway.address()), authority.context(), () -> "t"),
                new QuickPace());
    }
}
