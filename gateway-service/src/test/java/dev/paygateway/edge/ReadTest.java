package dev.paygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: merchants read all of their own payments, and nothing of anybody else's.
 *
 * <p>Method: two merchants; every address is asked for with the other's names.
 */
class ReadTest {
    private static final String PAYMENTS = "/v1/payments";

    private static World world;
    private static Client owner;
    private static Client stranger;

    @BeforeAll
    static void start() {
        world = World.roomy();
        owner = world.client("m_demo1");
        stranger = world.client("m_demo2");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void hidesPaymentsFromOtherMerchantsAndModes() {
        var payment = owner.post(PAYMENTS, Bodies.pay("4242", "manual", ""));
        var live = new Client(world.port(), owner).holding(claims -> claims.claim("mode", "live"));
        for (var other : List.of(stranger, live)) {
            var one = PAYMENTS + "/" + payment.text("/id");
            var held = new ArrayList<Client.Answer>();
            held.add(other.get(one));
            held.add(other.get(one + "/events"));
            held.add(other.get(PAYMENTS + "/by-key/" + payment.text("/idempotency_key")));
            held.add(other.get(PAYMENTS + "/by-reference/" + payment.text("/reference")));
            held.add(other.post(one + "/captures", "{}"));
            held.add(other.post(one + "/voids", "{}"));
            held.add(other.post(one + "/refunds", Bodies.amount(1)));
            assertThat(held).allSatisfy(a -> assertThat(a.status()).isEqualTo(404));
            assertThat(held).extracting(answer -> answer.text("/code")).containsOnly("not_found");
            assertThat(other.get(PAYMENTS + "?reference=" + payment.text("/reference")).body())
                    .contains("\"data\":[]");
        }
        assertThat(owner.get(PAYMENTS + "/" + payment.text("/id")).text("/version")).isEqualTo("2");
    }

    @Test
    void pagesForthAndBackWithoutGapOrDouble() {
        var merchant = world.client("m_pages");
        var made = new ArrayList<String>();
        for (var i = 0; i < 7; i++) {
            made.addFirst(merchant.post(PAYMENTS, Bodies.pay("4242")).text("/id"));
        }
        var forth = new ArrayList<String>();
        var page = merchant.get(PAYMENTS + "?limit=3");
        forth.addAll(ids(page));
        while (page.json().get("has_more").booleanValue()) {
            page = merchant.get(PAYMENTS + "?limit=3&after=" + page.text("/next_cursor"));
            forth.addAll(ids(page));
        }
        assertThat(forth).isEqualTo(made);
        var first = merchant.get(PAYMENTS + "?limit=6").text("/next_cursor");
        var back = merchant.get(PAYMENTS + "?limit=3&before=" + first);
        assertThat(ids(back)).isEqualTo(made.subList(2, 5));
        assertThat(ids(merchant.get(PAYMENTS + "?before=" + back.text("/next_cursor"))))
                .isEqualTo(made.subList(0, 2));
    }

    private static List<String> ids(Client.Answer page) {
        return page.json().get("data").valueStream().map(p -> p.get("id").stringValue()).toList();
    }

    @Test
    void findsByEachFilter() {
        var merchant = world.client("m_filters");
        var made = merchant.post(PAYMENTS, Bodies.pay("4242")).json();
        merchant.post(PAYMENTS, Bodies.pay("0002"));
        for (var filter :
                List.of(
                        "status=captured",
                        "reference=" + made.get("reference").stringValue(),
                        "card_last4=4242",
                        "card_bin=424242&currency=EUR&acquirer=amber&region=east",
                        "status=captured&amount_gte=1099&amount_lte=1099",
                        "status=captured&created_gte=2020-01-01T00:00:00Z")) {
            var found = ids(merchant.get(PAYMENTS + "?" + filter));
            assertThat(found).as(filter).containsExactly(made.get("id").stringValue());
        }
        for (var filter :
                List.of(
                        "amount_gte=1100",
                        "amount_lte=1098",
                        "created_lt=2020-01-01T00:00:00Z",
                        "currency=USD")) {
            assertThat(ids(merchant.get(PAYMENTS + "?" + filter))).as(filter).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=101",
                "limit=x",
                "limit=1&limit=2",
                "after=x",
                "after=eA&before=eA",
                "status=paid",
                "card_last4=42",
                "amount_gte=1.5",
                "amount_gte=-1",
                "created_gte=yesterday",
                "nonsense=1"
            })
    void refusesOddParameters(String query) {
        var answer = owner.get(PAYMENTS + "?" + query);
        assertThat(answer.status()).as(query).isEqualTo(400);
        assertThat(answer.text("/code")).isEqualTo("invalid_request");
    }

    @Test
    void tellsTheTimeline() {
        var id = owner.post(PAYMENTS, Bodies.pay("4242")).text("/id");
        owner.post(PAYMENTS + "/" + id + "/refunds", Bodies.amount(9));
        var events = owner.get(PAYMENTS + "/" + id + "/events").json().get("data");
        assertThat(events.valueStream().map(event -> event.get("type").stringValue()))
                .containsExactly(
                        "payment.processing",
                        "payment.captured",
                        "refund.sent",
                        "refund.succeeded");
        assertThat(events.valueStream().map(event -> event.get("sequence").intValue()))
                .containsExactly(1, 2, 3, 4);
    }

    @Test
    void pagesThroughATimelineToItsEnd() {
        var id = owner.post(PAYMENTS, Bodies.pay("4242")).text("/id");
        for (var refund = 0; refund < 5; refund++) {
            owner.post(PAYMENTS + "/" + id + "/refunds", Bodies.amount(1));
        }
        var path = PAYMENTS + "/" + id + "/events";
        var page = owner.get(path);
        assertThat(sequences(page)).hasSize(10); // where none is asked for, the lists' limit holds
        var all = new ArrayList<>(sequences(page));
        page = owner.get(path + "?limit=1&after=" + page.text("/next_cursor"));
        all.addAll(sequences(page));
        var last = page.text("/next_cursor");
        page = owner.get(path + "?limit=1&after=" + last);
        all.addAll(sequences(page));
        assertThat(all).isEqualTo(IntStream.rangeClosed(1, 12).boxed().toList());
        assertThat(page.json().get("has_more").booleanValue()).isFalse();
        assertThat(page.json().get("next_cursor").isNull()).isTrue();

        owner.post(PAYMENTS + "/" + id + "/refunds", Bodies.amount(1));
        assertThat(sequences(owner.get(path + "?after=" + last))).containsExactly(12, 13, 14);
    }

    private static List<Integer> sequences(Client.Answer page) {
        return page.json()
                .get("data")
                .valueStream()
                .map(e -> e.get("sequence").intValue())
                .toList();
    }

    @Test
    void knowsAPaymentBehindTheEndOfItsTimeline() {
        var id = owner.post(PAYMENTS, Bodies.pay("4242")).text("/id");
        var behind = PAYMENTS + "/" + id + "/events?after=" + ListQuery.cursor(99);
        assertThat(owner.get(behind).json().get("data").isEmpty()).isTrue();
        assertThat(stranger.get(behind).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=101",
                "after=x",
                "after=LTE",
                "before=MQ",
                "status=unknown"
            })
    void refusesOddParametersOfATimeline(String query) {
        var id = owner.post(PAYMENTS, Bodies.pay("4242")).text("/id");
        var answer = owner.get(PAYMENTS + "/" + id + "/events?" + query);
        assertThat(answer.status()).as(query).isEqualTo(400);
        assertThat(answer.text("/code")).isEqualTo("invalid_request");
    }

    @Test
    void findsReferencesThatNeedEncoding() {
        var reference = "Bestellung 7/8 \u00e4%";
        owner.post(PAYMENTS, Bodies.pay("4242", "automatic", reference, ""));
        var path = PAYMENTS + "/by-reference/Bestellung%207%2F8%20%C3%A4%25";
        assertThat(owner.get(path).text("/reference")).isEqualTo(reference);
    }

    @Test
    void ignoresHeadersThatClaimAnotherClient() {
        var token = List.of("Authorization", "Bearer " + owner.token());
        var claims = new ArrayList<>(token);
        claims.addAll(
                List.of(
                        "X-Forwarded-Client-Cert",
                        owner.identity().certificatePem().replace("\n", "")));
        claims.addAll(List.of("X-Forwarded-For", "10.0.0.1", "X-Forwarded-Proto", "http"));
        var thief = new Client(world.port(), stranger).holding("");
        var answer = thief.send("GET", PAYMENTS, "", claims);
        assertThat(answer.text("/code")).isEqualTo("certificate_mismatch");
    }

    @Test
    void refusesSmuggledAndTracedRequests() throws IOException {
        for (var head :
                List.of(
                        "TRACE / HTTP/1.1\r\nHost: x\r\n",
                        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n",
                        "POST /v1/payments HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzipped\r\n",
                        "POST /v1/payments HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n",
                        "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n",
                        "GET / HTTP/9.9\r\nHost: x\r\n")) {
            try (var raw = new RawConnection(world.port(), owner)) {
                raw.send(head + "\r\n");
                var answer = raw.answer();
                assertThat(answer.status()).as(head).isIn(400, 405);
                assertThat(answer.header("Request-Id")).as(head + answer.body()).isNotEmpty();
                Contract.hold("GET", "/", answer);
            }
        }
    }
}
