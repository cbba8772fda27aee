package dev.paygateway.chaos.acquirer;

import static dev.paygateway.chaos.acquirer.Caller.authorisation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: what is not a proper call of a proper caller is refused with a reason, and books nothing.
 *
 * <p>Method: bytes written by hand over real sockets.
 */
class ProtocolAbuseTest {
    private static final String VISA = "4242424242424242";
    private static final String CLOSE = "Connection: close\r\n";
    private static final String HOST = "Host: a\r\n";

    @TempDir private static Path folder;

    private static AcquirerWorld world;

    @BeforeAll
    @SuppressWarnings("MustBeClosedChecker") // closed after all
    static void open() throws IOException {
        world = new AcquirerWorld(folder, "amber");
    }

    @AfterEach
    void bookedNothing() throws IOException {
        assertThat(world.lines()).isEmpty();
    }

    @AfterAll
    static void close() throws IOException {
        world.close();
    }

    private String answerTo(String bytes) throws IOException {
        try (var raw = new RawConnection(world.pki.caller(), world.port())) {
            raw.send(bytes);
            return raw.rest();
        }
    }

    private static String post(String headers, String body) {
        return "POST /v1/voids HTTP/1.1\r\n" + HOST + headers + "\r\n" + body;
    }

    @Test
    void refusesWhatItCannotBound() throws IOException {
        assertThat(answerTo("GET /" + "x".repeat(3000))).contains("HTTP/1.1 431", "2048 bytes");
        var many = new StringBuilder("GET / HTTP/1.1\r\n");
        for (int i = 0; i < 33; i++) {
            many.append("x-").append(i).append(": 1\r\n");
        }
        assertThat(answerTo(many + "\r\n")).contains("HTTP/1.1 431", "32 header lines");
        assertThat(answerTo(post("Content-Length: 4097\r\n", ""))).contains("HTTP/1.1 413");
        assertThat(answerTo(post("Content-Length: 999999999\r\n", ""))).contains("HTTP/1.1 413");
        assertThat(answerTo(post("Content-Length: 9\r\n", "{"))).contains("HTTP/1.1 408");
        assertThat(answerTo("GET /v1/capabilities HT")).contains("HTTP/1.1 408");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: -1\r\n",
                "Content-Length: +5\r\n",
                "Content-Length: 5, 5\r\n",
                "Content-Length: 5\r\nContent-Length: 5\r\n",
                "Content-Length : 5\r\n",
                "Content-Length: 5\n",
                "X: 1\r\n folded: 2\r\n",
                "X: \u0000\r\n",
                "X: \u00e9\r\n",
                "no colon\r\n",
                "Host: b\r\n"
            })
    void refusesHeadsThatCouldBeReadInTwoWays(String headers) throws IOException {
        assertThat(answerTo(post(headers, "{}   "))).contains("HTTP/1.1 400", "head");
    }

    @ParameterizedTest
    @CsvSource({
        "'POST /v1/voids HTTP/1.0', 505",
        "'POST /v1/voids HTTP/2', 400",
        "'post /v1/voids HTTP/1.1', 400",
        "'POST  /v1/voids HTTP/1.1', 400",
        "'POST v1/voids HTTP/1.1', 400",
        "'POST /v1/void%73 HTTP/1.1', 400",
        "'GET /v1/operations/op_1?merchant_account=a&merchant_account=b HTTP/1.1', 400",
        "'GET /v1/operations/op_1?merchant_account=%41 HTTP/1.1', 400",
    })
    void refusesOtherRequestLines(String line, int status) throws IOException {
        assertThat(answerTo(line + "\r\n" + HOST + "\r\n")).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void refusesChunksExpectationsAndAMissingHost() throws IOException {
        assertThat(answerTo(post("Transfer-Encoding: chunked\r\n", "0\r\n\r\n")))
                .startsWith("HTTP/1.1 411");
        assertThat(answerTo(post("Expect: 100-continue\r\n", ""))).startsWith("HTTP/1.1 417");
        assertThat(answerTo("GET /v1/capabilities HTTP/1.1\r\n\r\n")).contains("Host is missing");
    }

    @Test
    void refusesAPathMethodTypeOrKeyThatDoesNotFit() throws IOException {
        var close = "Connection: close\r\n";
        assertThat(answerTo("GET /v1/voids HTTP/1.1\r\n" + HOST + close + "\r\n"))
                .startsWith("HTTP/1.1 405");
        assertThat(answerTo("GET /v2 HTTP/1.1\r\n" + HOST + close + "\r\n"))
                .startsWith("HTTP/1.1 404");
        assertThat(answerTo(post(close + "Content-Length: 2\r\n", "{}")))
                .startsWith("HTTP/1.1 415");
        var body = Caller.about("op_2", "op_1");
        var headers =
                close
                        + "Content-Type: application/json\r\nIdempotency-Key: op_3\r\n"
                        + "Content-Length: %d\r\n".formatted(body.length());
        assertThat(answerTo(post(headers, body))).contains("HTTP/1.1 400", "Idempotency-Key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1099 | 10.99 | amount: expected an integer",
                "1099 | \"1099\" | amount: expected an integer",
                "1099 | 0 | amount: expected an integer from 1 to",
                "1099 | 99999999999999999999 | amount: expected an integer",
                "1099 | 1099,\"amount\":1 | not valid JSON",
                "EUR | eur | currency: expected a string matching",
                "\"EUR\" | 7 | currency: expected a string matching",
                "true | \"yes\" | capture: expected true or false",
                "\"exp_month\":12 | \"exp_month\":13 | card.exp_month: expected an integer",
                "\"cvc\" | \"pin\" | card.pin: no such field",
                "\"capture\" | \"capturé\" | capture: is missing",
                "op_1 | op/1 | reference: expected a string matching",
                "{\"number\" | [{\"number\" | not valid JSON",
                "}} | }}} | not valid JSON"
            })
    void refusesBodiesNamingTheField(String part, String instead, String problem)
            throws IOException {
        var body = authorisation("op_1", VISA, true).replace(part, instead);
        var reply = world.caller.post("authorizations", body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("detail")).contains(problem).doesNotContain(VISA);
    }

    @Test
    void refusesPlaintext() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), world.port())) {
            var request = "GET /v1/capabilities HTTP/1.1\r\n" + HOST + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = new String(read(socket), StandardCharsets.ISO_8859_1);
            assertThat(answer).doesNotContain("HTTP").doesNotContain("idempotent_send");
        }
    }

    private static byte[] read(Socket socket) {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (IOException _) {
            return new byte[0];
        }
    }

    @Test
    void refusesACallerWithoutACertificate() throws Exception {
        assertRefused(trusting(world.pki));
    }

    @Test
    void refusesACallerOfAnotherAuthority() throws IOException {
        var foreign = new TestPki(folder, "foreign").identity("gateway");
        assertRefused(MutualTls.context(foreign, foreign, world.pki.ca));
    }

    /** In TLS 1.3 the refusal arrives with the first read, after the handshake. */
    private static void assertRefused(SSLContext tls) {
        assertThatThrownBy(() -> asks(tls)).isInstanceOf(IOException.class);
    }

    private static void asks(SSLContext tls) throws IOException {
        try (var raw = new RawConnection(tls, world.port())) {
            raw.send("GET /v1/capabilities HTTP/1.1\r\n" + HOST + CLOSE + "\r\n");
            raw.rest();
        }
    }

    private static SSLContext trusting(TestPki pki)
            throws IOException, NoSuchAlgorithmException, KeyManagementException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, MutualTls.trustManagers(pki.ca), null);
        return context;
    }
}
