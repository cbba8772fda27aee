package dev.paygateway.chaos.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: the files of istio/ make a real Envoy repeat, route, refuse and answer as they say.
 *
 * <p>Method: Istio's own generator feeds it; stand-ins of the instances count what reaches them.
 * Then one thing at a time is taken out of the files, and just the check that watches it goes red.
 */
@Tag("deploy")
class MeshTest {
    /** Where the routes stand in routes.yaml. */
    private static final String KEYED = "/spec/http/9";

    private static final String WAITING = "/spec/http/6/retries";

    private static final String ONCE = "/spec/http/12";
    private static final Map<String, ?> REPEATED = Map.of("attempts", 3, "retryOn", "503");
    private static final String PER_TRY = "/retries/perTryTimeout";
    private static final String SERVICE = "payment-gateway";
    private static final String POLICY = "/spec/trafficPolicy";
    private static final String POOL = POLICY + "/connectionPool/http";
    private static final String OUTLIERS = POLICY + "/outlierDetection";
    private static final Map<String, ?> PATIENT =
            Map.of("consecutiveGatewayErrors", 1_000, "consecutive5xxErrors", 1_000);
    private static final String HOME_NORTH =
            "/spec/subsets/1/trafficPolicy/loadBalancer/localityLbSetting/failoverPriority/0";
    private static final String IN_EAST = "topology.kubernetes.io/region=cn-shanghai";
    private static final String LOGGED_BY = "/spec/accessLogging/0/providers/0/name";
    private static final String SELECTED = "/spec/workloadSelector/labels/istio";
    private static final Duration EJECTION = Duration.ofSeconds(15);
    private static Path program;
    private static MeshWorld world;

    @BeforeAll
    static void start() {
        var root = Path.of("").toAbsolutePath().resolveSibling("");
        var built = new MeshTool(root, root.resolve(".gateway/tools")).built();
        if (built.program().isEmpty()) {
            System.err.println("skipped: the mesh, live: " + built.lack());
        }
        assumeTrue(built.program().isPresent(), built.lack());
        program = built.program().get();
        world = new MeshWorld(program, _ -> {});
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void does(MeshCheck check) {
        assertThat(check.seen(world)).isEqualTo(check.expected());
    }

    static Stream<Arguments> mistakes() {
        return Stream.concat(mistakesOfRepeats(), mistakesAtTheDoor());
    }

    private static Stream<Arguments> mistakesOfRepeats() {
        return Stream.of(
                mistake(
                        "no `retries` on what must not be repeated",
                        site -> site.remove("VirtualService", "payments", ONCE + "/retries"),
                        MeshCheck.UNKEYED_REFUSED),
                mistake(
                        "repeats of what waits",
                        site -> site.set("VirtualService", "payments", WAITING, REPEATED),
                        MeshCheck.WAITING_BUSY),
                mistake(
                        "no cut of a slow try",
                        site -> site.remove("VirtualService", "payments", KEYED + PER_TRY),
                        MeshCheck.KEYED_SLOW,
                        MeshCheck.KEYED_SLOW_HERE),
                mistake(
                        "no bound of repeats",
                        site -> site.set("DestinationRule", SERVICE, POOL + "/maxRetries", 1_024),
                        MeshCheck.REPEATS_BOUNDED),
                mistake(
                        "no ejection",
                        site -> site.set("DestinationRule", SERVICE, OUTLIERS, PATIENT),
                        MeshCheck.EJECTS));
    }

    private static Stream<Arguments> mistakesAtTheDoor() {
        return Stream.of(
                mistake(
                        "North's ids at home in East",
                        site -> site.set("DestinationRule", SERVICE, HOME_NORTH, IN_EAST),
                        MeshCheck.GOES_HOME),
                mistake(
                        "proxies that speak their own way",
                        site -> site.set("EnvoyFilter", "own-replies", SELECTED, "nobody"),
                        MeshCheck.OWN_503,
                        MeshCheck.NO_TOKEN,
                        MeshCheck.BAD_TOKEN,
                        MeshCheck.OTHER_PATH),
                mistake(
                        "a log line as Envoy writes it",
                        site -> site.set("Telemetry", "mesh", LOGGED_BY, "envoy"),
                        MeshCheck.LOGS_NO_PATH),
                mistake(
                        "a token that is checked but not asked for",
                        site ->
                                site.remove(
                                        "AuthorizationPolicy", "merchants", "/spec/rules/0/from"),
                        MeshCheck.NO_TOKEN),
                mistake(
                        "no certificate asked for",
                        site -> site.set("Gateway", "edge", "/spec/servers/0/tls/mode", "SIMPLE"),
                        MeshCheck.REPLACES_FORWARDED,
                        MeshCheck.NO_CERTIFICATE,
                        MeshCheck.FOREIGN_CERTIFICATE));
    }

    /** Longer than an ejection, so that what is let in again for a trial is seen, too. */
    @RepeatedTest(5)
    void goesToTheOtherRegionAndComesBack() {
        var figures = MeshFailover.measure(world);
        System.out.println(figures);
        assertThat(figures.keyed().failed()).as("%s", figures).isZero();
        assertThat(figures.unkeyed().last()).as("%s", figures).isLessThan(EJECTION);
        assertThat(figures.back()).as("%s", figures).isLessThan(MeshFailover.BACK_LIMIT);
    }

    /**
     * Without the edge's own watch the dead are let in again, at the cost of who is not repeated.
     */
    @Test
    void wouldTryTheDeadAgainIfNobodyWatched() {
        try (var unwatched =
                new MeshWorld(
                        program,
                        site -> site.set("EnvoyFilter", "watch-instances", SELECTED, "nobody"))) {
            var figures = MeshFailover.measure(unwatched);
            System.out.println(figures);
            assertThat(figures.unkeyed().last()).as("%s", figures).isGreaterThan(EJECTION);
        }
    }

    private static Arguments mistake(String name, Consumer<MeshSite> mistake, MeshCheck... found) {
        return Arguments.of(name, mistake, List.of(found));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void noticesWhatIsTakenOut(String name, Consumer<MeshSite> mistake, List<MeshCheck> found) {
        try (var mutated = new MeshWorld(program, mistake)) {
            var red =
                    Arrays.stream(MeshCheck.values())
                            .filter(check -> !check.isSlow() || found.contains(check))
                            .filter(check -> !check.seen(mutated).equals(check.expected()))
                            .toList();
            assertThat(red).as(name).isEqualTo(found);
        }
    }
}
