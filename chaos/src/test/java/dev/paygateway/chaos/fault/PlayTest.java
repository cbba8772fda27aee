package dev.paygateway.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.fault.journal.FaultEvent;
import dev.paygateway.chaos.fault.journal.FaultLog;
import dev.paygateway.chaos.fault.journal.Journal;
import dev.paygateway.chaos.fault.play.FaultFailure;
import dev.paygateway.chaos.lab.Await;
import dev.paygateway.chaos.lab.Part;
import dev.paygateway.chaos.lab.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: a fault bites real processes, proves it, and is healed - by its runner, by its guardian
 * when the runner is killed, or by hand.
 *
 * <p>Method: sleeping processes, and listeners in network namespaces joined by a veth pair.
 */
class PlayTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String EAST = "pgt-east";
    private static final String NORTH = "pgt-north";

    @TempDir private Path folder;
    private PlainStage stage;

    @BeforeEach
    void begin() {
        stage = new PlainStage(folder);
    }

    @AfterEach
    void end() {
        for (var journal : Faults.open(folder)) {
            Faults.healByHand(journal, folder);
        }
        stage.end();
        Commands.run("ip", "netns", "del", EAST);
        Commands.run("ip", "netns", "del", NORTH);
    }

    @Test
    void killsAllAtOnceAndHasThemStartedAgain() throws IOException {
        sleepers("east-gateway-1", "east-gateway-2", "east-vault");
        var before = stage.part("east-gateway-1").process();
        try (var injection = play(pods("gateway", "pod-kill", "all", ""))) {
            assertThat(stage.part("east-gateway-1").alive()).isFalse();
            assertThat(stage.part("east-gateway-2").alive()).isFalse();
            assertThat(stage.part("east-vault").alive()).isTrue();
            assertThat(injection.events()).extracting(FaultEvent::event).contains("proved");
        }
        assertThat(stage.parts()).allMatch(Part::alive);
        assertThat(stage.part("east-gateway-1").process()).isNotEqualTo(before);
        assertThat(told()).containsExactly("injected", "proved", "healed");
        assertThat(new FaultLog(folder).read().get(1).evidence())
                .containsKeys("what", "before", "during")
                .satisfies(evidence -> assertThat(evidence.get("during")).contains("gone, pid"));
    }

    @Test
    void freezesForItsTimeAndLetsGoOn() throws IOException {
        sleepers("east-gateway-1");
        try (var injection = play(freeze("1s"))) {
            assertThat(stage.part("east-gateway-1").state()).isEqualTo(Part.State.FROZEN);
            injection.await();
        }
        assertThat(stage.part("east-gateway-1").state()).isEqualTo(Part.State.RUNNING);
    }

    @Test
    void isHealedByItsGuardianWhenTheRunnerIsKilled() throws IOException {
        sleepers("east-gateway-1");
        var runner = run(freeze("10m"));
        awaitTold("proved");
        assertThat(stage.part("east-gateway-1").state()).isEqualTo(Part.State.FROZEN);
        runner.destroyForcibly();
        assertThat(Await.holds(LIMIT, () -> told().contains("healed"))).isTrue();
        assertThat(stage.part("east-gateway-1").state()).isEqualTo(Part.State.RUNNING);
        assertThat(Faults.open(folder)).isEmpty();
    }

    @Test
    void isHealedByHandOnceAndTheRunnerSeesIt() throws IOException {
        sleepers("east-gateway-1");
        var runner = run(freeze("10m"));
        awaitTold("proved");
        var journal = Faults.open(folder).getFirst();
        assertThat(Faults.healByHand(journal, folder)).isTrue();
        assertThat(Faults.healByHand(journal, folder)).isTrue();
        assertThat(Await.holds(LIMIT, () -> !runner.isAlive())).isTrue();
        assertThat(runner.exitValue()).isZero();
        assertThat(told()).containsExactly("injected", "proved", "healed");
        assertThat(journal.guardian()).isEmpty();
    }

    @Test
    void failsWhenItCannotProveThatItBit() throws IOException {
        sleepers("east-gateway-1");
        Commands.must(
                "kill", "-STOP", "" + stage.part("east-gateway-1").process().orElseThrow().pid());
        assertThatExceptionOfType(FaultFailure.class)
                .isThrownBy(() -> playToItsEnd(freeze("1s")))
                .withMessageContaining("did not bite");
        assertThat(told()).containsExactly("injected", "failed");
    }

    @Test
    void refusesWhomNobodyIs() throws IOException {
        sleepers("east-vault");
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> playToItsEnd(pods("gateway", "pod-kill", "all", "")))
                .withMessageContaining("selects none");
        assertThat(Journal.all(folder)).isEmpty();
    }

    @Test
    void cutsARegionAndHealsIt() throws IOException {
        namespaces();
        var cut = network("partition", "direction: to", "");
        try (var injection = play(cut)) {
            assertThat(injection.events().getLast().evidence().get("during")).contains("timed out");
            assertThat(connects(NORTH, "10.99.77.1")).isFalse();
        }
        assertThat(connects(NORTH, "10.99.77.1")).isTrue();
        assertThat(connects(EAST, "10.99.77.2")).isTrue();
        assertThat(told()).containsExactly("injected", "proved", "healed");
        assertThat(Commands.must("ip", "netns", "exec", EAST, "iptables", "-S"))
                .doesNotContain("pg");
    }

    @Test
    void healsACutWhoseRunnerIsKilled() throws IOException {
        namespaces();
        var runner = run(network("partition", "direction: to", ""));
        awaitTold("proved");
        assertThat(connects(EAST, "10.99.77.2")).isFalse();
        runner.destroyForcibly();
        assertThat(Await.holds(LIMIT, () -> connects(EAST, "10.99.77.2"))).isTrue();
    }

    @Test
    void cutsOnlyThePairThatIsMeant() throws IOException {
        namespaces();
        var target = target("database");
        try (var injection = play(network("partition", "direction: both", target))) {
            assertThat(injection.events()).isNotEmpty();
            assertThat(connects(EAST, "10.99.77.2")).isFalse();
            assertThat(Commands.run(tries(EAST, "10.99.77.2", 7002))).isZero();
        }
    }

    @Test
    void losesSomeByChance() throws IOException {
        namespaces();
        var lossy = network("loss", "loss: {loss: \"20\"}", "");
        try (var injection = play(lossy)) {
            assertThat(injection.events().getLast().evidence().get("during")).contains(" of ");
        }
    }

    private boolean connects(String from, String address) {
        return Commands.run(tries(from, address, 7001)) == 0;
    }

    private static String[] tries(String from, String address, int port) {
        var line = "</dev/tcp/%s/%d".formatted(address, port);
        return new String[] {"ip", "netns", "exec", from, "timeout", "1", "bash", "-c", line};
    }

    /** Two namespaces, a database in each, and a gateway in the north. */
    private void namespaces() {
        assumeTrue(Commands.run("ip", "netns", "add", EAST) == 0, "network namespaces need root");
        Commands.must("ip", "netns", "add", NORTH);
        Commands.must(
                "bash",
                "-c",
                """
                ip -n pgt-east link add v0 type veth peer name v1 netns pgt-north
                ip -n pgt-east addr add 10.99.77.1/24 dev v0
                ip -n pgt-north addr add 10.99.77.2/24 dev v1
                for n in east north; do ip -n pgt-$n link set lo up; done
                ip -n pgt-east link set v0 up; ip -n pgt-north link set v1 up
                """);
        listener("east-database", Role.DATABASE, EAST, "10.99.77.1", 7001);
        listener("north-database", Role.DATABASE, NORTH, "10.99.77.2", 7001);
        listener("north-gateway-1", Role.GATEWAY, NORTH, "10.99.77.2", 7002);
        assertThat(Await.holds(LIMIT, () -> connects(EAST, "10.99.77.2"))).isTrue();
        assertThat(Await.holds(LIMIT, () -> connects(NORTH, "10.99.77.1"))).isTrue();
    }

    private void listener(String name, Role role, String region, String address, int port) {
        var listen =
                ("nsenter --net=/run/netns/%s socat"
                                + " TCP-LISTEN:%d,bind=%s,fork,reuseaddr,backlog=200 SYSTEM:true")
                        .formatted(region, port, address);
        stage.add(name, role, region, address + ":" + port, listen);
    }

    private void sleepers(String... names) {
        for (var name : names) {
            var role = name.contains("vault") ? Role.VAULT : Role.GATEWAY;
            stage.add(name, role, "east", "127.0.0.1:1", "sleep 1000");
        }
    }

    @MustBeClosed
    private Injection play(Path manifest) {
        return Faults.play(manifest, stage, Settings.seeded(1));
    }

    private void playToItsEnd(Path manifest) {
        try (var injection = play(manifest)) {
            injection.await();
        }
    }

    private Process run(Path manifest) throws IOException {
        var command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        PlayMain.class.getName(),
                        folder.toString(),
                        manifest.toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("runner.out").toFile())
                .start();
    }

    private List<String> told() {
        return new FaultLog(folder).read().stream().map(FaultEvent::event).toList();
    }

    private void awaitTold(String event) throws IOException {
        assertThat(Await.holds(LIMIT, () -> told().contains(event)))
                .as(Files.readString(folder.resolve("runner.out")))
                .isTrue();
    }

    private Path pods(String component, String action, String mode, String more)
            throws IOException {
        return manifest(
                "chaos-mesh.org/v1alpha1",
                "PodChaos",
                "  action: %s\n  mode: %s\n%s%s"
                        .formatted(action, mode, more, Written.selector("", component(component))));
    }

    private Path freeze(String duration) throws IOException {
        return manifest(
                "chaos.paygateway.dev/v1",
                "ProcessChaos",
                "  action: pause\n  mode: all\n  duration: %s\n%s"
                        .formatted(duration, Written.selector("", component("gateway"))));
    }

    private Path network(String action, String field, String target) throws IOException {
        return manifest(
                "chaos-mesh.org/v1alpha1",
                "NetworkChaos",
                "  action: %s\n  mode: all\n  duration: 10m\n  %s\n%s%s"
                        .formatted(
                                action,
                                field,
                                target,
                                Written.selector("", Map.of("paygateway.dev/region", EAST))));
    }

    private static String target(String component) {
        var labels =
                Map.of("app.kubernetes.io/component", component, "paygateway.dev/region", NORTH);
        return "  target:\n    mode: all\n" + Written.selector("  ", labels);
    }

    private static Map<String, String> component(String name) {
        return Map.of("app.kubernetes.io/component", name);
    }

    private Path manifest(String version, String kind, String spec) throws IOException {
        return Written.manifest(folder, version + "/" + kind, "", spec);
    }
}
