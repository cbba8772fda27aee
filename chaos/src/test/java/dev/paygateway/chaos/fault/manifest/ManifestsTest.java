package dev.paygateway.chaos.fault.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: a manifest is honoured to the letter or refused with the place, the field, its value and a
 * remedy.
 *
 * <p>Method: one good manifest a kind, and each of them with one change that must be refused.
 */
class ManifestsTest {
    private static final String HEAD =
            """
            apiVersion: chaos-mesh.org/v1alpha1
            kind: KIND
            metadata: {name: fault, namespace: payment-gateway}
            spec:
            """;
    private static final String WHO =
            "  mode: all\n  selector: {namespaces: [payment-gateway], labelSelectors: {a: b}}\n";
    private static final Map<String, String> GOOD =
            Map.of(
                    "PodChaos", "  action: pod-kill\n" + WHO,
                    "NetworkChaos",
                            "  action: delay\n  duration: 30s\n  direction: both\n"
                                    + "  delay: {latency: 100ms, jitter: 25ms}\n"
                                    + "  target:\n"
                                    + WHO.indent(2)
                                    + WHO,
                    "IOChaos",
                            "  action: fault\n  errno: 28\n  percent: 100\n  methods: [write]\n"
                                    + "  volumePath: /var/lib/mysql\n"
                                    + "  path: /var/lib/mysql/**/*\n"
                                    + WHO,
                    "StressChaos", "  stressors:\n    cpu: {workers: 2, load: 80}\n" + WHO,
                    "TimeChaos", "  timeOffset: -10m\n  clockIds: [CLOCK_REALTIME]\n" + WHO,
                    "Schedule",
                            "  schedule: 0 2 1 * *\n  type: PodChaos\n  podChaos:\n"
                                    + "    action: pod-kill\n"
                                    + WHO.indent(2),
                    "StatusCheck",
                            """
                              mode: Continuous
                              type: HTTP
                              http:
                                url: http://judge:8080/verdict
                                criteria: {statusCode: "200"}
                            """,
                    "Workflow",
                            "  entry: all\n"
                                    + "  templates:\n"
                                    + "  - {name: all, templateType: Serial, "
                                    + "children: [cut, wait]}\n"
                                    + "  - {name: wait, templateType: Suspend, deadline: 1s}\n"
                                    + "  - name: cut\n"
                                    + "    templateType: PodChaos\n"
                                    + "    deadline: 5s\n"
                                    + "    podChaos:\n"
                                    + "      action: pod-kill\n"
                                    + WHO.indent(4));

    @TempDir private Path folder;

    static Stream<String> kinds() {
        return GOOD.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void readsEachKind(String kind) throws IOException {
        assertThat(Manifests.one(file(text(kind, "", ""))).kind()).isEqualTo(kind);
    }

    @Test
    void readsWhatADelayAsksFor() throws IOException {
        var body = Manifests.one(file(text("NetworkChaos", "", ""))).body();
        assertThat(((Manifest.Single) body).experiment())
                .isInstanceOfSatisfying(
                        Experiment.Network.class,
                        network -> {
                            assertThat(network.packets())
                                    .isEqualTo(
                                            new Experiment.Packets.Delay(
                                                    Duration.ofMillis(100), Duration.ofMillis(25)));
                            assertThat(network.direction()).isEqualTo(Experiment.Direction.BOTH);
                            assertThat(network.duration()).hasValue(Duration.ofSeconds(30));
                        });
    }

    static Stream<Arguments> refused() {
        return Stream.concat(refusedKills(), refusedOthers());
    }

    private static Stream<Arguments> refusedKills() {
        return Stream.of(
                change("PodChaos", "action: pod-kill", "action: pod-killl", "spec.action"),
                change("PodChaos", "mode: all", "mode: all\n  gracePeriod: -1", "spec.gracePeriod"),
                change("PodChaos", "pod-kill", "container-kill", "spec.containerNames"),
                change("PodChaos", "pod-kill", "pod-failure", "spec.duration"),
                change("PodChaos", "mode: all", "mode: fixed", "spec.value"),
                change("PodChaos", "mode: all", "mode: all\n  value: \"1\"", "spec.value"),
                change("PodChaos", "mode: all", "remoteCluster: n\n  mode: all", "remoteCluster"),
                change("PodChaos", "labelSelectors", "pods", "spec.selector.pods"),
                change("PodChaos", "[payment-gateway]", "[other]", "spec.selector.namespaces"),
                change("PodChaos", "name: fault", "name: Fault", "metadata.name"),
                change("PodChaos", "name: fault", "name: " + "x".repeat(52), "metadata.name"),
                change("PodChaos", "kind: PodChaos", "kind: HTTPChaos", "AcquirerChaos"),
                change("PodChaos", "chaos-mesh.org/v1alpha1", "apps/v1", "apiVersion"),
                change("PodChaos", "mode: all", "mode: all\n  mode: all", "spec.mode"),
                change("PodChaos", "spec:\n", "status: {}\nspec:\n", "status"));
    }

    private static Stream<Arguments> refusedOthers() {
        return Stream.of(
                change("NetworkChaos", "direction:", "directon:", "did you mean direction?"),
                change("NetworkChaos", "30s", "30sec", "spec.duration"),
                change("NetworkChaos", "jitter: 25ms", "correlation: \"50\"", "delay.correlation"),
                change("NetworkChaos", "jitter: 25ms", "reorder: {gap: 1}", "does not reorder"),
                change("NetworkChaos", "action: delay", "action: netem", "has no netem"),
                change("NetworkChaos", "30s", "30s\n  device: eth0", "spec.device"),
                change("NetworkChaos", "100ms", "100", "spec.delay.latency"),
                change("IOChaos", "percent: 100", "percent: 150", "spec.percent"),
                change("IOChaos", "errno: 28", "delay: 1s", "spec.errno"),
                change("IOChaos", "[write]", "[wriite]", "spec.methods"),
                change("IOChaos", "/**/*", "/a", "spec.path"),
                change("IOChaos", "action: fault", "action: mistake", "spec.action"),
                change("StressChaos", "load: 80", "load: 180", "spec.stressors.cpu.load"),
                change("StressChaos", "load: 80", "options: [x]", "no stress-ng"),
                change("TimeChaos", "-10m", "yesterday", "spec.timeOffset"),
                change("TimeChaos", "CLOCK_REALTIME", "CLOCK_MONOTONIC", "spec.clockIds"),
                change("Schedule", "0 2 1", "0 25 1", "spec.schedule"),
                change("Schedule", "type: PodChaos", "type: NetworkChaos", "networkChaos"),
                change("StatusCheck", "\"200\"", "\"2000\"", "statusCode"),
                change("StatusCheck", "http://judge:8080/verdict", "not a url", "spec.http.url"),
                change("Workflow", "entry: all", "entry: al", "spec.entry"),
                change("Workflow", "[cut, wait]", "[cutt, wait]", "did you mean cut?"),
                change("Workflow", "[cut, wait]", "[all]", "circle"),
                change("Workflow", "templateType: Suspend", "templateType: Task", "StatusCheck"),
                change("Workflow", "deadline: 1s", "task: {}, deadline: 1s", "templates[1].task"),
                change("Workflow", "pod-kill\n", "pod-kill\n      remoteCluster: n\n", "one lab"));
    }

    private static Arguments change(String kind, String from, String to, String named) {
        return Arguments.of(kind, from, to, named);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("refused")
    void refusesByName(String kind, String from, String to, String named) throws IOException {
        var file = file(text(kind, from, to));
        assertThatExceptionOfType(ManifestRefused.class)
                .isThrownBy(() -> Manifests.one(file))
                .withMessageStartingWith(file.toString())
                .withMessageContaining(named);
    }

    /** So "every fault of the folder" takes as many plays as it has files, wherever one begins. */
    @Test
    void seedsInARowGoThroughAFolder() throws IOException {
        var below = Files.createDirectories(folder.resolve("network"));
        var all =
                List.of(
                        Files.writeString(folder.resolve("a.yaml"), ""),
                        Files.writeString(below.resolve("b.yaml"), ""),
                        Files.writeString(below.resolve("c.yaml"), ""));
        Files.writeString(folder.resolve("README.md"), "");
        assertThat(LongStream.range(5, 8).mapToObj(seed -> Manifests.chosen(folder, seed)))
                .containsExactlyInAnyOrderElementsOf(all);
        assertThat(Manifests.chosen(folder, -1)).isEqualTo(Manifests.chosen(folder, 2));
        assertThat(Manifests.chosen(all.getFirst(), 7)).isEqualTo(all.getFirst());
    }

    @Test
    void saysWhenAFolderHasNoManifest() {
        assertThatExceptionOfType(ManifestRefused.class)
                .isThrownBy(() -> Manifests.chosen(folder, 1))
                .withMessageContaining("no manifest");
    }

    /** A change that changes nothing would prove nothing. */
    private static String text(String kind, String from, String to) {
        var good = HEAD.replace("KIND", kind) + GOOD.get(kind);
        assertThat(good).contains(from);
        return from.isEmpty() ? good : good.replace(from, to);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("manifest.yaml"), text);
    }
}
