package dev.paygateway.chaos.lab;

import com.google.errorprone.annotations.Immutable;
import dev.paygateway.chaos.lab.MeshWorld.Answer;
import dev.paygateway.chaos.lab.Upstream.Manner;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** What the edge must do, each as what is seen of it and what ought to be. */
enum MeshCheck {
    KEYED_BUSY("4 tries, 503", world -> all(world, Manner.BUSY, "POST", MeshCheck.KEY)),
    KEYED_OVERLOADED("2 tries, 503", world -> all(world, Manner.OVERLOADED, "POST", MeshCheck.KEY)),
    KEYED_RESET("4 tries, 503", world -> all(world, Manner.RESET, "POST", MeshCheck.KEY)),
    READ_BUSY("4 tries, 503", world -> all(world, Manner.BUSY, "GET")),
    READ_RESET("4 tries, 503", world -> all(world, Manner.RESET, "GET")),
    UNKEYED_BUSY("1 try, 503", world -> all(world, Manner.BUSY, "POST")),
    UNKEYED_RESET("1 try, 503", world -> all(world, Manner.RESET, "POST")),
    UNKEYED_REFUSED("0 repeats", MeshCheck::refused),
    DELETE_BUSY("1 try, 503", world -> all(world, Manner.BUSY, "DELETE", MeshCheck.KEY)),
    WAITING_BUSY(
            "1 try, 503", world -> all(world, Manner.BUSY, "POST", MeshCheck.KEY, MeshCheck.WAIT)),
    WAITING_SLOW(
            "1 try, 200",
            world -> all(world, Manner.slow(seconds(3)), "POST", MeshCheck.KEY, MeshCheck.WAIT)),
    KEYED_SLOW("4 tries, 504", world -> all(world, Manner.slow(seconds(6)), "POST", MeshCheck.KEY)),
    KEYED_SLOW_HERE("3 tries, 200", MeshCheck::slowHere),
    /** The merchant asks the proxy itself for repeats, in its own headers. */
    UNKEYED_TEMPTING(
            "1 try, 503",
            world ->
                    all(
                            world,
                            Manner.BUSY,
                            "POST",
                            "x-envoy-retry-on: 5xx",
                            "x-envoy-max-retries: 3")),
    REPEATS_BOUNDED("all came once, and few again", MeshCheck::bounded),
    EJECTS("5 tries on it, of 60", MeshCheck::ejects),
    GOES_HOME("new: e, pay_e: e, pay_n: n, ref_n: n, home dead: e", MeshCheck::home),
    REPLACES_FORWARDED("the merchant's, once", MeshCheck::forwarded),
    OWN_503("503 application/problem+json no_answer unknown same_key", MeshCheck::ownReply),
    OWN_504(
            "504 application/problem+json no_answer unknown same_key",
            world -> {
                world.all(Manner.slow(seconds(12)));
                return problem(world.call("POST", MeshCheck.PAYMENTS));
            }),
    LOGS_NO_PATH("a line of the 503, without its path", MeshCheck::logged),
    NO_TOKEN(
            "403 application/problem+json refused_at_edge unknown same_key",
            world -> problem(world.call("GET", MeshCheck.PAYMENTS, "Authorization", "none"))),
    BAD_TOKEN(
            "401 application/problem+json unauthenticated no never",
            world ->
                    problem(
                            world.call(
                                    "GET",
                                    MeshCheck.PAYMENTS,
                                    "Authorization",
                                    "Bearer e30.e30.e30"))),
    OTHER_PATH(
            "403 application/problem+json refused_at_edge unknown same_key",
            world -> problem(world.call("GET", "/actuator/env"))),
    NO_CERTIFICATE("0", world -> stranger(world, world.nobody())),
    FOREIGN_CERTIFICATE("0", world -> stranger(world, world.foreigner()));

    static final String PAYMENTS = "/v1/payments";

    private static final String KEY = "idempotency-key: order-1001-attempt-1";
    private static final String WAIT = "prefer: wait=8";
    private static final String[] NONE = {};
    private static final String[] KEYED = {"idempotency-key", "order-1001-attempt-1"};
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ID = "0".repeat(32);
    private static final String CARD = "4242424242424242";
    private static final Duration LOGGED_WITHIN = seconds(20);
    private static final int CROWD = 60;
    private static final int REPEATS_MAX = 32;

    /** Says in a few words what is seen. */
    @Immutable
    private interface Look {
        String at(MeshWorld world);
    }

    private final String expected;
    private final Look look;

    MeshCheck(String expected, Look look) {
        this.expected = expected;
        this.look = look;
    }

    /** As it ought to be. */
    String expected() {
        return expected;
    }

    /** As it is, with a fresh Envoy. */
    String seen(MeshWorld world) {
        world.fresh();
        return look.at(world);
    }

    /** Whether it takes many seconds, most of them waiting. */
    boolean isSlow() {
        return this == WAITING_SLOW
                || this == KEYED_SLOW
                || this == KEYED_SLOW_HERE
                || this == OWN_504
                || this == LOGS_NO_PATH;
    }

    private static Duration seconds(int count) {
        return Duration.ofSeconds(count);
    }

    private static String all(MeshWorld world, Manner manner, String method, String... headers) {
        world.all(manner);
        var split =
                java.util.Arrays.stream(headers)
                        .flatMap(header -> java.util.Arrays.stream(header.split(": ", 2)))
                        .toArray(String[]::new);
        return world.call(method, PAYMENTS, split.length == 0 ? NONE : split).brief();
    }

    private static String refused(MeshWorld world) {
        world.each("e1 e2", Upstream::die);
        for (var call = 0; call < 6; call++) {
            world.call("POST", PAYMENTS);
        }
        var repeats = world.count("upstream_rq_retry");
        world.each("e1 e2", Upstream::rise);
        return repeats + " repeats";
    }

    private static String slowHere(MeshWorld world) {
        world.each("e1 e2", upstream -> upstream.be(Manner.slow(seconds(6))));
        return world.call("POST", PAYMENTS, KEYED).brief();
    }

    private static String bounded(MeshWorld world) {
        // Connections first, a few at a time: this machine shakes few hands within 500 ms.
        for (var crowd = CROWD / 10; crowd <= CROWD; crowd += CROWD / 10) {
            together(world, 200, crowd);
        }
        var before = world.seen().size();
        together(world, 503, CROWD);
        var tries = world.seen().stream().skip(before).toList();
        var first = tries.stream().filter(seen -> seen.attempt().equals("1")).count();
        var second = tries.stream().filter(seen -> seen.attempt().equals("2")).count();
        return first == CROWD && second > 0 && second <= REPEATS_MAX
                ? "all came once, and few again"
                : first + " came, and " + second + " again";
    }

    private static void together(MeshWorld world, int status, int crowd) {
        var manner = Manner.gathering(status, crowd);
        world.all(manner);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, crowd)
                    .forEach(_ -> threads.execute(() -> world.call("POST", PAYMENTS, KEYED)));
        }
    }

    private static String ejects(MeshWorld world) {
        world.each("e1", upstream -> upstream.be(Manner.BUSY));
        for (var call = 0; call < 60; call++) {
            world.call("POST", PAYMENTS);
        }
        var tries = world.seen().stream().filter(seen -> seen.who().equals("e1")).count();
        return tries + " tries on it, of " + world.seen().size();
    }

    private static String home(MeshWorld world) {
        var captures = "/captures";
        var text =
                "new: %s, pay_e: %s, pay_n: %s, ref_n: %s"
                        .formatted(
                                region(world.call("POST", PAYMENTS, KEYED)),
                                region(world.call("GET", PAYMENTS + "/pay_e" + ID)),
                                region(world.call("POST", PAYMENTS + "/pay_n" + ID + captures)),
                                region(world.call("GET", "/v1/refunds/ref_n" + ID)));
        world.each("n1 n2", Upstream::die);
        var away = region(world.call("GET", PAYMENTS + "/pay_n" + ID));
        world.each("n1 n2", Upstream::rise);
        return text + ", home dead: " + away;
    }

    private static String region(Answer answer) {
        return answer.status() == 200 ? answer.body().substring(0, 1) : answer.brief();
    }

    private static String forwarded(MeshWorld world) {
        var claimed = "Hash=" + "0".repeat(64) + ";URI=spiffe://cluster.local/ns/a/sa/b";
        var answer = world.call("GET", PAYMENTS, "X-Forwarded-Client-Cert", claimed);
        var own = Base64.getUrlDecoder().decode(world.merchant().thumbprint());
        var lines = answer.tries().getFirst().certificates();
        var isOwn =
                lines.size() == 1
                        && lines.getFirst().startsWith("Hash=" + HexFormat.of().formatHex(own))
                        && lines.getFirst().split("Hash=", -1).length == 2;
        return isOwn ? "the merchant's, once" : String.join(" | ", lines);
    }

    private static String ownReply(MeshWorld world) {
        world.each("e1 e2 n1 n2", Upstream::die);
        var answer = problem(world.call("POST", PAYMENTS));
        world.each("e1 e2 n1 n2", Upstream::rise);
        return answer;
    }

    private static String logged(MeshWorld world) {
        world.all(Manner.BUSY);
        var before = world.log().length();
        world.call("GET", PAYMENTS + "/" + CARD);
        var isTold = Await.holds(LOGGED_WITHIN, () -> world.log().indexOf("503", before) > 0);
        var lines = world.log().substring(before);
        return isTold && !lines.contains(CARD) ? "a line of the 503, without its path" : lines;
    }

    private static String problem(Answer answer) {
        if (!answer.body().startsWith("{")) {
            return answer.status() + " " + answer.type() + " " + answer.body();
        }
        var json = JSON.readTree(answer.body());
        return java.util.stream.Stream.of("code", "money_moved", "retry")
                .map(field -> json.path(field).asString("nothing"))
                .collect(Collectors.joining(" ", answer.status() + " " + answer.type() + " ", ""));
    }

    private static String stranger(MeshWorld world, TlsIdentity identity) {
        return Integer.toString(world.callAs(identity, "GET", PAYMENTS).status());
    }
}
