package dev.paygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.edge.Client.Answer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Goal: no way of writing a request has it counted as another kind than it is served as.
 *
 * <p>Method: each kind has a limit of its own, which the answer names.
 */
class RateClassTest {
    private static final int WRITE = 2;
    private static final int READ = 3;
    private static final int LIST = 1;

    private static World world;
    private static int merchants;

    @BeforeAll
    static void start() {
        world = World.uneven();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/payments",
        "GET, /v1/payments?limit=1",
        "GET, /v1/payments;x",
        "GET, /v1;x=y/payments;x",
        "GET, /v1/%70ayments",
        "GET, /%76%31/payments",
        "HEAD, /v1/payments",
        "HEAD, /v1/%70ayments;x"
    })
    void countsListsAsLists(String method, String path) throws IOException {
        var answer = answer(method, path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(limit(answer)).isEqualTo(LIST);
    }

    /** A page of it weighs as much as a page of payments. */
    @ParameterizedTest
    @CsvSource({
        "GET, /v1/payments/pay_e00000000000000000000000000000000/events",
        "HEAD, /v1/payments/pay_e00000000000000000000000000000000/%65vents;x"
    })
    void countsTimelinesAsLists(String method, String path) throws IOException {
        assertThat(limit(answer(method, path))).isEqualTo(LIST);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/payments/pay_e00000000000000000000000000000000",
        "GET, /v1/payments/by-reference/events",
        "HEAD, /v1/payments/pay_e00000000000000000000000000000000",
        "HEAD, /openapi.yaml",
        "GET, /v1/nothing"
    })
    void countsReadsAsReads(String method, String path) throws IOException {
        assertThat(limit(answer(method, path))).isEqualTo(READ);
    }

    @ParameterizedTest
    @CsvSource({"POST, /v1/payments", "POST, /v1/payments;x", "DELETE, /v1/payments"})
    void countsEverythingElseAsWrites(String method, String path) throws IOException {
        assertThat(limit(answer(method, path))).isEqualTo(WRITE);
    }

    /** Of the bucket that the request was taken from. */
    private static int limit(Answer answer) {
        var limit = Integer.parseInt(answer.header("RateLimit-Limit"));
        assertThat(answer.header("RateLimit-Remaining")).isEqualTo(Integer.toString(limit - 1));
        return limit;
    }

    private static Answer answer(String method, String path) throws IOException {
        merchants++;
        var client = world.client("m_" + merchants);
        try (var raw = new RawConnection(world.port(), client)) {
            raw.send(
                    """
                    %s %s HTTP/1.1
                    Host: x
                    Authorization: Bearer %s
                    Content-Length: 0
                    Connection: close

                    """
                            .formatted(method, path, client.token())
                            .replace("\n", "\r\n"));
            return raw.answer();
        }
    }
}
