package dev.paygateway.chaos.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.lab.Await;
import dev.paygateway.chaos.lab.Lab;
import dev.paygateway.chaos.lab.Part;
import dev.paygateway.chaos.load.LoadResult;
import dev.paygateway.chaos.load.Mix;
import dev.paygateway.chaos.recording.HeldReport;
import dev.paygateway.client.PemTls;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: certificates of the service, its client side, the database and the agents' listeners are
 * renewed by Vault's PKI while all of them work; no payment fails, and nothing is started again.
 *
 * <p>Method: certificates that live a minute, a load for as long as it takes, and a look at what
 * each port presents, once a second. What the service shows as a client no port presents: there its
 * log counts, and that others still let it in when the first certificate is out of date.
 */
@Tag("system-long")
final class RenewalTest {
    private static final Duration LIFE = Duration.ofSeconds(60);
    private static final double RATE_PER_SECOND = 5;
    private static final long SEED = Long.getLong("crash.seed", 20_261_126);
    private static final int RENEWALS_MIN = 2;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration SETTLE = Duration.ofSeconds(20);
    private static final Duration RECORDED = Duration.ofSeconds(5);
    private static final String DATABASE = "database";
    private static final List<String> SERVERS =
            List.of("gateway-1", "gateway-2", DATABASE, "agent-1", "agent-2");

    private static final Pattern CLIENT_RENEWED =
            Pattern.compile("took up the client certificate ([0-9a-f]+)");

    private final Map<String, SequencedSet<X509Certificate>> seen = new LinkedHashMap<>();

    @TempDir private Path folder;

    @Test
    void losesNoPaymentAndStartsNothingAgain() throws Exception {
        try (var world = World.up("renewal-test", LIFE)) {
            var before = pids(world.lab());
            var load = world.load(RATE_PER_SECOND, Mix.OK, SEED, LIMIT.multipliedBy(2), SETTLE);
            var renewed = Await.holds(LIMIT, () -> look(world) && clientRenewed(world));
            var result = load.end();
            var told = told(world, result);
            System.out.println(told);
            assertThat(renewed).as(told).isTrue();
            seen.forEach((_, certificates) ->
                    assertThat(certificates.getFirst().getNotAfter())
                            .as(told)
                            .isBefore(Instant.now()));
            assertThat(result.failed()).as(told).isZero();
            assertThat(result.passed()).as(told).isTrue();
            assertThat(world.audit(SETTLE).violated()).as(told).isZero();
            assertThat(pids(world.lab())).as(told).isEqualTo(before);
            showsNoLeak(world);
        }
    }

    private static Map<String, Long> pids(Lab lab) {
        return lab.parts().stream()
                .filter(Part::alive)
                .collect(Collectors.toMap(Part::name, part -> part.process().orElseThrow().pid()));
    }

    /** Whether every port has presented enough of them by now. */
    private boolean look(World world) {
        SERVERS.forEach(name ->
                seen.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(presented(world, name)));
        return seen.values().stream().allMatch(each -> each.size() > RENEWALS_MIN);
    }

    private static X509Certificate presented(World world, String name) {
        var env = world.lab().env();
        try {
            var tls =
                    PemTls.context(
                            Path.of(env.require("GATEWAY_CA")),
                            Path.of(env.require("MERCHANT_CERT")),
                            Path.of(env.require("MERCHANT_KEY")));
            var address = world.lab().part(name).address();
            return new Wire(tls).presented(address, name.equals(DATABASE));
        } catch (IOException refused) {
            throw new AssertionError(name + " presents nothing: " + refused, refused);
        }
    }

    private static boolean clientRenewed(World world) {
        return World.INSTANCES.stream()
                .allMatch(instance -> clientSerials(world, instance).size() >= RENEWALS_MIN);
    }

    private static SequencedSet<String> clientSerials(World world, String instance) {
        try {
            return CLIENT_RENEWED
                    .matcher(world.log(instance))
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }

    private String told(World world, LoadResult result) {
        var servers =
                seen.entrySet().stream()
                        .map(each ->
                                each.getKey()
                                        + " presented "
                                        + each.getValue().stream()
                                                .map(RenewalTest::told)
                                                .collect(Collectors.joining(", ")));
        var clients =
                World.INSTANCES.stream()
                        .map(name -> name + " took up as client " + clientSerials(world, name));
        return servers.collect(Collectors.joining("\n"))
                + "\n"
                + clients.collect(Collectors.joining("\n"))
                + "\n"
                + Report.of(result);
    }

    private static String told(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16).substring(0, 8)
                + " until "
                + certificate.getNotAfter().toInstant();
    }

    /** The other half of {@link LeakTest}: where nothing leaks, nothing is found. */
    private void showsNoLeak(World world) throws Exception {
        var file = folder.resolve("no-leak.jfr");
        world.lab().record("gateway-1", RECORDED, file);
        var report = HeldReport.read(file);
        assertThat(report.leaked()).isEmpty();
        assertThat(report.heldTooLong()).isEmpty();
        assertThat(world.log("gateway-1")).doesNotContain("leaked, ");
        assertThat(World.await(SETTLE, () -> world.seen("gateway-1").open("connection") == 0))
                .isTrue();
    }
}
