package dev.paygateway.chaos.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: no process is lost, none of somebody else's is touched, and whoever fails to start says
 * why.
 *
 * <p>Method: programs of the system as parts of a lab that has nothing else.
 */
final class SupervisorTest {
    private static final int PORT_OFFSET = 6_000;

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir private Path folder;

    @AfterEach
    void end() {
        Lab.down(folder);
    }

    @Test
    void endsWhatACrashedLauncherLeft() {
        var sleeper = new Supervisor(state()).spawn(part("sleep", "300")).process().orElseThrow();
        assertThat(sleeper.alive()).isTrue();
        assertThat(Lab.find(folder)).as("never became ready, so it is no lab").isEmpty();
        assertThat(Lab.down(folder)).isTrue();
        assertThat(sleeper.alive()).isFalse();
        assertThat(folder.resolve("run")).doesNotExist();
        assertThat(Lab.down(folder)).as("nothing is left").isFalse();
    }

    @Test
    void endsWhatAPartStartedItself() {
        var state = state();
        var part = new Supervisor(state).spawn(part("sh", "-c", "setsid sleep 300 & wait"));
        var marked = state.site().run();
        assertThat(Await.holds(LIMIT, () -> Orphans.of(marked).size() == 2)).isTrue();
        part.process().orElseThrow().send("KILL");
        assertThat(Await.holds(LIMIT, () -> Orphans.of(marked).size() == 1)).isTrue();
        Lab.down(folder);
        assertThat(Orphans.of(marked)).isEmpty();
    }

    @Test
    void startsAPartInASessionOfItsOwn() {
        var id = new Supervisor(state()).spawn(part("sleep", "300")).process().orElseThrow();
        var ownSession = Duration.ofSeconds(5);
        assertThat(Await.holds(ownSession, () -> session(id.pid()) == id.pid())).isTrue();
    }

    @Test
    void leavesAnotherProcessWithTheSameNumberAlone() throws IOException {
        var sleeper = new ProcessBuilder("sleep", "300").start();
        var stranger = ProcessId.find(sleeper.pid()).orElseThrow();
        var earlier = new ProcessId(stranger.pid(), stranger.startTicks() - 1);
        state().put(part("sleep", "300").running(earlier));
        assertThat(earlier.alive()).isFalse();
        Lab.down(folder);
        assertThat(stranger.alive()).isTrue();
        stranger.send("KILL");
        assertThat(stranger.gone(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void showsTheEndOfTheLogOfAPartThatFailsToStart() {
        var supervisor = new Supervisor(state());
        var part = part("sh", "-c", "echo no such thing; exit 7");
        assertThatThrownBy(() -> supervisor.await(supervisor.spawn(part), () -> false))
                .hasMessageContaining("probe ended while starting")
                .hasMessageContaining("no such thing");
    }

    @Test
    void tellsThatAOneShotFailed() {
        var supervisor = new Supervisor(state());
        assertThatThrownBy(() -> supervisor.runToEnd(part("sh", "-c", "echo broken; exit 7")))
                .hasMessageContaining("exit code 7")
                .hasMessageContaining("broken");
    }

    @Test
    void endsAFrozenPartInOrder() {
        var supervisor = new Supervisor(state());
        var part = supervisor.spawn(part("sleep", "300"));
        supervisor.stop(part, Signal.STOP);
        assertThat(part.state()).isEqualTo(Part.State.FROZEN);
        supervisor.stop(part, Signal.TERM);
        assertThat(part.alive()).isFalse();
    }

    @Test
    void namesThePortThatIsTakenBeforeAnythingStarts() throws IOException {
        var options = options();
        try (var taken = new ServerSocket()) {
            var port = new Ports(Ports.LOOPBACK, PORT_OFFSET).agent(2);
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            assertThatThrownBy(() -> Lab.up(options))
                    .hasMessageContaining(Integer.toString(port))
                    .hasMessageContaining("agent-2")
                    .hasMessageContaining("--port-offset");
        }
        assertThat(folder.resolve("run")).doesNotExist();
        assertThat(MemoryDirectory.of(folder)).doesNotExist();
    }

    private LabOptions options() {
        return LabOptions.of(Path.of("..")).withStateFolder(folder).withPortOffset(PORT_OFFSET);
    }

    private State state() {
        return State.fresh(options(), MemoryDirectory.of(folder));
    }

    private Part part(String... command) {
        return new Part(
                "probe",
                Role.ACQUIRER,
                "east",
                Optional.empty(),
                "127.0.0.1:1",
                List.of(command),
                folder.resolve("run/logs/probe.log"),
                URI.create("https://127.0.0.1:1/"),
                List.of(),
                Optional.empty(),
                false);
    }

    /** Field 6 of {@code /proc/PID/stat}; none once it is gone. */
    private static long session(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3]);
        } catch (IOException gone) {
            return -1;
        }
    }
}
