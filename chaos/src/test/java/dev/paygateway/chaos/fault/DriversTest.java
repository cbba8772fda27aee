package dev.paygateway.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.fault.journal.FaultEvent;
import dev.paygateway.chaos.fault.journal.FaultLog;
import dev.paygateway.chaos.fault.manifest.ManifestRefused;
import dev.paygateway.chaos.lab.Await;
import dev.paygateway.chaos.lab.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: the disk, the clock, the CPU and the memory of one process are taken from it while it runs,
 * and given back.
 *
 * <p>Method: small programs whose own output says what they met.
 */
class DriversTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Writes and flushes to its disk all the time, and says how that went. */
    private static final String WRITER =
            """
            import os, time
            os.chdir(os.environ.get("AT", "."))
            fd = os.open("data", os.O_CREAT | os.O_RDWR)
            while True:
                begun = time.monotonic()
                try:
                    os.pwrite(fd, b"x" * 65536, os.lseek(fd, 0, os.SEEK_END)); os.fsync(fd)
                    if os.lseek(fd, 0, os.SEEK_END) > 1 << 20: os.ftruncate(fd, 0)
                    said = "fine"
                except OSError as refused:
                    said = str(refused)
                print(said, "%.3f" % (time.monotonic() - begun), flush=True)
                time.sleep(0.02)
            """;

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
        Commands.run("umount", folder.resolve("volume").toString());
    }

    @Test
    void fillsAVolumeOfItsOwn() throws IOException {
        var volume = Files.createDirectory(folder.resolve("volume"));
        assumeTrue(
                Commands.run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", volume.toString())
                        == 0,
                "a mount needs root");
        writer("AT=" + volume);
        try (var _ = play("IOChaos", io("fault\n  errno: 28", "write, fsync"))) {
            assertThat(during()).contains("No space left");
            awaitSaid("No space left");
        }
        assertThat(Files.exists(volume.resolve("zz.fill"))).isFalse();
        awaitFine();
    }

    @Test
    void answersSystemCallsWithAnErrorWhereTheVolumeIsShared() throws IOException {
        writer("AT=" + folder);
        try (var _ = play("IOChaos", io("fault\n  errno: 28\n  percent: 50", "write"))) {
            awaitSaid("No space left");
        }
        awaitFine();
    }

    @Test
    void holdsSystemCalls() throws IOException {
        writer("AT=" + folder);
        try (var _ = play("IOChaos", io("latency\n  delay: 300ms", "fsync"))) {
            awaitSaid("fine 0.3");
        }
        awaitFine();
    }

    @Test
    void refusesAVolumeThatIsNotThere() throws IOException {
        stage.add("east-gateway-1", Role.GATEWAY, "east", "127.0.0.1:1", "sleep 1000");
        var spec = io("fault\n  errno: 28", "write").replace(": database", ": gateway");
        assertThatExceptionOfType(ManifestRefused.class)
                .isThrownBy(() -> playToItsEnd("IOChaos", spec))
                .withMessageContaining("spec.volumePath");
    }

    @Test
    void movesTheClockOfOneProcess() throws Exception {
        server("east-gateway-1", Role.GATEWAY, 17_931);
        server("east-gateway-2", Role.GATEWAY, 17_932);
        var one =
                "  timeOffset: -10m\n  mode: all\n"
                        + Written.selector("", Map.of("paygateway.dev/part", "east-gateway-1"));
        try (var _ = play("TimeChaos", one)) {
            assertThat(behind(17_931)).isBetween(590L, 610L);
            assertThat(behind(17_932)).isBetween(-5L, 5L);
        }
        assertThat(behind(17_931)).isBetween(-5L, 5L);
    }

    @Test
    void burnsTheTimeOfAPartsOwnGroup() throws IOException {
        stage.add("east-gateway-1", Role.GATEWAY, "east", "127.0.0.1:1", "sleep 1000");
        assumeTrue(Files.isWritable(Path.of("/sys/fs/cgroup/cpu/cgroup.procs")), "no cgroup v1");
        var spec = "  stressors:\n    cpu: {workers: 2, load: 50}\n" + Written.all("gateway");
        var pid = stage.part("east-gateway-1").process().orElseThrow().pid();
        var group = Path.of("/proc", Long.toString(pid), "cgroup");
        var before = Files.readString(group);
        try (var _ = play("StressChaos", spec)) {
            assertThat(Files.readString(group)).isNotEqualTo(before);
        }
        assertThat(Files.readString(group)).isEqualTo(before);
        assertThat(Commands.must("sh", "-c", "ls -d /sys/fs/cgroup/cpu/pg* 2>/dev/null; true"))
                .isEmpty();
    }

    @Test
    void runsAPartOutOfMemory() throws IOException {
        assumeTrue(Files.isWritable(Path.of("/sys/fs/cgroup/memory/cgroup.procs")), "no cgroup v1");
        var hungry = "python3 -c 'import time; x=bytearray(200<<20); time.sleep(1000)'";
        stage.add("east-gateway-1", Role.GATEWAY, "east", "127.0.0.1:1", hungry);
        awaitMemory();
        var spec = "  stressors:\n    memory: {workers: 1, size: 96MB}\n" + Written.all("gateway");
        var manifest =
                Written.manifest(
                        folder,
                        Written.CHAOS_MESH + "StressChaos",
                        "paygateway.dev/memory-limit: 48Mi",
                        spec);
        try (var _ = Faults.play(manifest, stage, Settings.seeded(1))) {
            assertThat(during()).contains("gone");
        }
        assertThat(stage.part("east-gateway-1").alive()).isTrue();
    }

    @Test
    void slowsAVault() throws IOException {
        server("east-vault", Role.VAULT, 17_933);
        var spec = "  action: slow\n  delay: 500ms\n" + Written.all("vault");
        var manifest = Written.manifest(folder, Written.OURS + "VaultChaos", "", spec);
        try (var injection = Faults.play(manifest, stage, Settings.seeded(1))) {
            assertThat(injection.events()).extracting(FaultEvent::event).contains("proved");
        }
        assertThat(stage.part("east-vault").state()).hasToString("running");
    }

    private void awaitMemory() throws IOException {
        var pid = stage.part("east-gateway-1").process().orElseThrow().pid();
        var status = Path.of("/proc", Long.toString(pid), "statm");
        assertThat(Await.holds(LIMIT, () -> pages(status) > 50_000)).isTrue();
    }

    private static long pages(Path statm) {
        return Long.parseLong(Commands.must("cut", "-d ", "-f2", statm.toString()).strip());
    }

    private void writer(String environment) throws IOException {
        var program = Files.writeString(folder.resolve("writer.py"), WRITER);
        stage.add(
                "east-database",
                Role.DATABASE,
                "east",
                "127.0.0.1:1",
                "env " + environment + " python3 " + program);
        awaitSaid("fine");
    }

    private void server(String name, Role role, int port) {
        stage.add(
                name,
                role,
                "east",
                "127.0.0.1:" + port,
                "python3 -m http.server --bind 127.0.0.1 " + port);
        assertThat(Await.holds(LIMIT, () -> answers(port))).isTrue();
    }

    private static boolean answers(int port) {
        return Commands.run("bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + port) == 0;
    }

    /** By how many seconds the server's clock is behind ours. */
    private static long behind(int port) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"));
            var answer = client.send(request.build(), BodyHandlers.discarding());
            var date = answer.headers().firstValue("date").orElseThrow();
            var said = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return Duration.between(said, Instant.now()).toSeconds();
        }
    }

    private static String io(String action, String methods) {
        return "  action: %s\n  methods: [%s]\n  volumePath: /var/lib/mysql\n%s"
                .formatted(action, methods, Written.all("database"));
    }

    @MustBeClosed
    private Injection play(String kind, String spec) throws IOException {
        var manifest = Written.manifest(folder, Written.CHAOS_MESH + kind, "", spec);
        return Faults.play(manifest, stage, Settings.seeded(1));
    }

    private void playToItsEnd(String kind, String spec) throws IOException {
        try (var injection = play(kind, spec)) {
            injection.await();
        }
    }

    private String during() {
        return new FaultLog(folder)
                .read().stream()
                        .filter(event -> event.event().equals("proved"))
                        .findFirst()
                        .orElseThrow()
                        .evidence()
                        .getOrDefault("during", "");
    }

    private void awaitSaid(String text) {
        var log = folder.resolve("east-database.log");
        var from = lines(log);
        assertThat(Await.holds(LIMIT, () -> since(log, from).contains(text))).isTrue();
    }

    private void awaitFine() {
        var log = folder.resolve("east-database.log");
        var from = lines(log);
        assertThat(Await.holds(LIMIT, () -> since(log, from).contains("fine 0.0"))).isTrue();
    }

    private static long lines(Path log) {
        return Files.exists(log) ? Commands.must("cat", log.toString()).lines().count() : 0;
    }

    private static String since(Path log, long from) {
        return String.join("\n", Commands.must("cat", log.toString()).lines().skip(from).toList());
    }
}
