package dev.paygateway.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.errorprone.annotations.MustBeClosed;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.paygateway.chaos.fault.journal.FaultEvent;
import dev.paygateway.chaos.fault.journal.FaultLog;
import dev.paygateway.chaos.fault.journal.Journal;
import dev.paygateway.chaos.fault.manifest.ManifestRefused;
import dev.paygateway.chaos.fault.play.FaultFailure;
import dev.paygateway.chaos.lab.Await;
import dev.paygateway.chaos.lab.Part;
import dev.paygateway.chaos.lab.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: a workflow breaks nothing before the verdict is good, and ends healed at the first bad one.
 *
 * <p>Method: a sleeping process is killed by a workflow of the monthly one's shape; the test turns
 * the status that a server answers to its checks.
 */
class VerdictWatchTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String HOST = "audit.payment-gateway.svc:8490";
    private static final int GOOD = 200;
    private static final int VIOLATED = 500;
    private static final int UNPROVED = 503;

    /** A check before, and one beside the fault. */
    private static final String TEMPLATES =
            """
              entry: all
              templates:
                - {name: all, templateType: Serial, children: [before, watched]}
                - {name: watched, templateType: Parallel, children: [verdict, kill]}
                - name: before
                  templateType: StatusCheck
                  deadline: 20s
                  abortWithStatusCheck: true
                  statusCheck:
                    mode: Synchronous
                    type: HTTP
                    intervalSeconds: 1
                    failureThreshold: 100
                    http: {url: "http://HOST/audit/verdict", criteria: {statusCode: "200"}}
                - name: verdict
                  templateType: StatusCheck
                  deadline: WATCHs
                  abortWithStatusCheck: true
                  statusCheck:
                    mode: Continuous
                    type: HTTP
                    intervalSeconds: 1
                    failureThreshold: 1
                    http:
                      url: http://HOST/audit/verdict?within=3m
                      criteria: {statusCode: "200"}
                - name: kill
                  templateType: PodChaos
                  deadline: FAULTs
                  podChaos:
                    action: pod-kill
            """;

    private static final String PAUSED =
            """
              entry: all
              templates:
                - {name: all, templateType: Serial, children: [breathe, kill]}
                - {name: breathe, templateType: Suspend, deadline: 10s}
                - name: kill
                  templateType: PodChaos
                  deadline: FAULTs
                  podChaos:
                    action: pod-kill
            """;

    @TempDir private Path folder;
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private volatile int status = GOOD;
    private PlainStage stage;
    private HttpServer server;

    @BeforeEach
    void begin() throws IOException {
        stage = new PlainStage(folder);
        stage.add("east-gateway-1", Role.GATEWAY, "east", "127.0.0.1:1", "sleep 1000");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        try (exchange) {
            exchange.sendResponseHeaders(status, -1);
        }
    }

    @AfterEach
    void end() {
        for (var journal : Faults.open(folder)) {
            Faults.healByHand(journal, folder);
        }
        server.stop(0);
        stage.end();
    }

    @Test
    void endsHealedAtTheFirstViolation() throws IOException {
        try (var injection = play(10, 10)) {
            awaitTold("proved");
            assertThat(stage.part("east-gateway-1").alive()).isFalse();
            status = VIOLATED;
            assertThatExceptionOfType(FaultFailure.class)
                    .isThrownBy(injection::await)
                    .withMessage("verdict: aborted by its check: 1 time(s) status 500");
        }
        assertThat(stage.parts()).allMatch(Part::alive);
        assertThat(told()).containsExactly("injected", "proved", "healed");
        assertThat(asked).contains("/audit/verdict", "/audit/verdict?within=3m");
    }

    @Test
    void breaksNothingBeforeTheVerdictIsGood() throws IOException {
        status = UNPROVED;
        try (var injection = play(1, 2)) {
            assertThat(Await.holds(LIMIT, () -> asked.size() > 1)).isTrue();
            assertThat(told()).isEmpty();
            status = GOOD;
            awaitTold("proved");
            injection.await();
        }
        assertThat(told()).containsExactly("injected", "proved", "healed");
    }

    @Test
    void goesOnUnderAGoodVerdictAndNoLonger() throws IOException {
        try (var injection = play(1, 2)) {
            injection.await();
        }
        assertThat(told()).containsExactly("injected", "proved", "healed");
        assertThat(asked.stream().filter(path -> path.contains("within"))).hasSizeBetween(1, 4);
    }

    /** Silence must not look like a good verdict. */
    @Test
    void endsWhenNobodyAnswers() throws IOException {
        try (var injection = play(10, 10)) {
            awaitTold("proved");
            server.stop(0);
            assertThatExceptionOfType(FaultFailure.class)
                    .isThrownBy(injection::await)
                    .withMessageContaining("status 0");
        }
        assertThat(stage.parts()).allMatch(Part::alive);
    }

    /** What its one step left no time for is not played, and nobody failed. */
    @Test
    void endsAfterTheLengthThatWasAskedFor() throws IOException {
        var manifest = written(PAUSED, 1, 1);
        playToItsEnd(manifest, new Settings(1, Optional.of(Duration.ofSeconds(1)), Map.of()));
        assertThat(told()).isEmpty();
    }

    @Test
    void asksForTheAddressBeforeItBreaksAnything() throws IOException {
        var manifest = workflow(1, 1);
        assertThatExceptionOfType(ManifestRefused.class)
                .isThrownBy(() -> playToItsEnd(manifest, Settings.seeded(1)))
                .withMessageContaining("--address " + HOST);
        assertThat(Journal.all(folder)).isEmpty();
    }

    private void playToItsEnd(Path manifest, Settings settings) {
        try (var injection = Faults.play(manifest, stage, settings)) {
            injection.await();
        }
    }

    @MustBeClosed
    private Injection play(int faultSeconds, int watchSeconds) throws IOException {
        var here = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        var settings = new Settings(1, Optional.empty(), Map.of(HOST, here));
        return Faults.play(workflow(faultSeconds, watchSeconds), stage, settings);
    }

    private Path workflow(int faultSeconds, int watchSeconds) throws IOException {
        return written(TEMPLATES, faultSeconds, watchSeconds);
    }

    private Path written(String templates, int faultSeconds, int watchSeconds) throws IOException {
        var text = templates + Written.all("gateway").indent(6);
        return Written.manifest(
                folder,
                "chaos-mesh.org/v1alpha1/Workflow",
                "",
                text.replace("HOST", HOST)
                        .replace("FAULT", Integer.toString(faultSeconds))
                        .replace("WATCH", Integer.toString(watchSeconds)));
    }

    private List<String> told() {
        return new FaultLog(folder).read().stream().map(FaultEvent::event).toList();
    }

    private void awaitTold(String event) {
        assertThat(Await.holds(LIMIT, () -> told().contains(event))).isTrue();
    }
}
