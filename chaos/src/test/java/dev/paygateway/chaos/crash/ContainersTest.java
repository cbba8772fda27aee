package dev.paygateway.chaos.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.lab.Commands;
import dev.paygateway.chaos.lab.Signal;
import dev.paygateway.chaos.load.Mix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Goal: the image that ships drains on SIGTERM and survives its death, confined as the chart
 * confines it, and no payment fails, is lost or doubled.
 *
 * <p>Method: in a lab that is up, containers take the places of database, Vault and both instances.
 * Under load one instance is told to end, the other is killed, and both are started again; the
 * client repeats with its key. The audit judges.
 */
@Tag("containers")
final class ContainersTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path IMAGE =
            ROOT.resolve("gateway-service/target/image/payment-gateway.docker.tar");

    private static final double RATE_PER_SECOND =
            Double.parseDouble(System.getProperty("containers.rate", "10"));

    private static final long SEED = Long.getLong("crash.seed", 20_261_129);
    private static final Duration LOAD_MAX = Duration.ofMinutes(30);
    private static final Duration SETTLE = Duration.ofSeconds(60);
    private static final Duration TRAFFIC_LIMIT = Duration.ofMinutes(2);
    private static final int LINES_MIN = 100;
    private static final String LAST_WORD = "ended; 0 resources open";

    /** 128 and the signal's number, as of a process that the signal ended. */
    private static final long TERMINATED = 143;

    private static final long KILLED = 137;
    private static final double TICKS_PER_SECOND = 100;

    @Test
    void drainsDiesAndLosesNothing() throws Exception {
        assertThat(IMAGE).as("built by ./gateway image").exists();
        var told = new ArrayList<String>();
        try (var _ = Engine.start();
                var world = World.plain("containers-test");
                var fleet = new Fleet(world.lab(), Path.of("target/containers").toAbsolutePath())) {
            fleet.load(IMAGE);
            takeOver(world, fleet, told);
            world.warm();
            var load = world.load(RATE_PER_SECOND, Mix.OK, SEED, LOAD_MAX, SETTLE);
            awaitTraffic(world);
            assertThat(fleet.end("gateway-1", Signal.TERM)).as("exit code").isEqualTo(TERMINATED);
            assertThat(fleet.log("gateway-1")).contains(LAST_WORD);
            fleet.start("gateway-1");
            told.add("gateway-1 drained, and back");
            awaitTraffic(world);
            assertThat(fleet.end("gateway-2", Signal.KILL)).as("exit code").isEqualTo(KILLED);
            fleet.start("gateway-2");
            told.add("gateway-2 killed, and back");
            var outcome = Report.judge(world, load, SETTLE, told);
            assertThat(outcome.load().failed()).as(outcome.whole()).isZero();
        }
    }

    /** Until some requests more have been answered. */
    private static void awaitTraffic(World world) {
        var before = lines(world.history());
        assertThat(World.await(TRAFFIC_LIMIT, () -> lines(world.history()) > before + LINES_MIN))
                .as("payments go on")
                .isTrue();
    }

    private static long lines(Path history) {
        if (!Files.exists(history)) {
            return 0;
        }
        try (var lines = Files.lines(history)) {
            return lines.count();
        } catch (IOException unreadable) {
            throw Commands.disk("cannot read " + history, unreadable);
        }
    }

    /** The first instance must use its cache, or the JVM refuses to start; the other must not. */
    private static void takeOver(World world, Fleet fleet, List<String> told) throws Exception {
        var lab = world.lab();
        var memory = lab.secrets("");
        var run = Path.of(lab.env().require("GATEWAY_CA")).resolveSibling("");
        var bao = Path.of(lab.part("vault").command().getFirst());
        var mariadbd = Path.of(lab.part("database").command().getFirst());
        var share = mariadbd.resolve("../../share").normalize();
        fleet.takeOver("vault", List.of(bao), run, memory);
        fleet.takeOver("database", List.of(mariadbd, share), run, memory);
        fleet.takeOver("gateway-1", options("-XX:AOTMode=on"));
        told.add(figures("gateway-1, with its AOT cache", fleet.process("gateway-1")));
        fleet.takeOver("gateway-2", options("-XX:AOTMode=off"));
        told.add(figures("gateway-2, without", fleet.process("gateway-2")));
        for (var part : List.of("vault", "database", "gateway-1", "gateway-2")) {
            assertConfined(fleet.process(part));
        }
        assertThat(status(fleet.process("gateway-1"), "Uid")).containsOnly("65532");
        assertThat(status(fleet.process("gateway-1"), "Gid")).containsOnly("65532");
    }

    /** The chart's, and one more. */
    private static List<String> options(String more) throws IOException {
        var values = ROOT.resolve("helm/gateway/values.yaml");
        var chart =
                (Map<?, ?>)
                        new Load(LoadSettings.builder().build())
                                .loadFromString(Files.readString(values));
        var options = (List<?>) Objects.requireNonNull(chart.get("jvmOptions"));
        return Stream.concat(options.stream().map(String::valueOf), Stream.of(more)).toList();
    }

    /** As the kernel sees it, not as it was asked of the engine. */
    private static void assertConfined(Path process) throws IOException {
        assertThat(status(process, "CapEff")).containsExactly("0000000000000000");
        assertThat(status(process, "CapBnd")).containsExactly("0000000000000000");
        assertThat(status(process, "NoNewPrivs")).containsExactly("1");
        assertThat(Files.readAllLines(process.resolve("mountinfo")))
                .as("the root is mounted read-only")
                .anyMatch(line -> line.matches("\\S+ \\S+ \\S+ \\S+ / ro,.*"));
        try (var shells = Files.list(process.resolve("root"))) {
            assertThat(shells.map(file -> file.getFileName().toString()))
                    .doesNotContain("bin", "sbin");
        }
    }

    private static List<String> status(Path process, String name) throws IOException {
        return Files.readAllLines(process.resolve("status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .flatMap(line -> Stream.of(line.split("\\s+", -1)).skip(1))
                .toList();
    }

    private static String figures(String who, Path process) throws IOException {
        var stat = Files.readString(process.resolve("stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        var ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return "%s: ready after %.1f s of CPU, %s kB resident"
                .formatted(who, ticks / TICKS_PER_SECOND, status(process, "VmRSS").getFirst());
    }
}
