package dev.paygateway.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.lab.Await;
import dev.paygateway.chaos.report.StepDone;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Goal: a drill goes on from a fault when the fault has been proved, and knows that it is still
 * played.
 *
 * <p>Method: a launcher of two commands that end when they are told to, and the log that a fault
 * would write.
 */
final class BeginningTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** The player looks four times a second. */
    private static final Duration SOME_LOOKS = Duration.ofSeconds(1);

    @TempDir private Path folder;
    private final CountDownLatch began = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @Command(name = "gateway")
    private static final class Gateway {}

    @Command(name = "any")
    private static final class Held implements Callable<Integer> {
        private final CountDownLatch began;
        private final CountDownLatch mayEnd;

        Held(CountDownLatch began, CountDownLatch mayEnd) {
            this.began = began;
            this.mayEnd = mayEnd;
        }

        @Override
        public Integer call() throws InterruptedException {
            began.countDown();
            mayEnd.await();
            return 0;
        }
    }

    @Test
    void waitsForTheProofOfAFault() throws Exception {
        try (var teller = new Teller(new PrintWriter(Writer.nullWriter()), false)) {
            var player = player(teller);
            var beginning = begin(player, "fault");
            began.await();
            assertThat(beginning.join(SOME_LOOKS)).isFalse();
            prove();
            assertThat(beginning.join(LIMIT)).isTrue();
            assertThat(player.busy()).isTrue();
            assertThat(player.done()).isEmpty();
            mayEnd.countDown();
            assertThat(Await.holds(LIMIT, () -> !player.busy())).isTrue();
            assertThat(player.done()).singleElement().matches(StepDone::fine);
        }
    }

    /** One that has ended is not going to be proved any more. */
    @Test
    void doesNotWaitForAFaultThatHasEnded() throws Exception {
        try (var teller = new Teller(new PrintWriter(Writer.nullWriter()), false)) {
            mayEnd.countDown();
            var player = player(teller);
            assertThat(begin(player, "fault").join(LIMIT)).isTrue();
            assertThat(player.done()).hasSize(1);
        }
    }

    @Test
    void doesNotWaitForAnythingElse() throws Exception {
        try (var teller = new Teller(new PrintWriter(Writer.nullWriter()), false)) {
            var player = player(teller);
            assertThat(begin(player, "load").join(LIMIT)).isTrue();
            assertThat(player.busy()).isTrue();
            mayEnd.countDown();
            assertThat(Await.holds(LIMIT, () -> !player.busy())).isTrue();
        }
    }

    private static Thread begin(Player player, String command) {
        var order = new Order(1, List.of(command), Expected.SUCCESS, true);
        return Thread.startVirtualThread(() -> {
            try {
                player.begin(Phase.FAULT, order);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Player player(Teller teller) {
        var terms = new Terms(folder, folder, 1, true, true, 0);
        return new Player(
                new Launcher(this::line, folder), terms, teller, new ByHand(terms, "beginning"));
    }

    private CommandLine line() {
        return new CommandLine(new Gateway())
                .addSubcommand("fault", new Held(began, mayEnd))
                .addSubcommand("load", new Held(began, mayEnd));
    }

    private void prove() throws Exception {
        var log = new Terms(folder, folder, 1, true, true, 0).faultLog();
        Files.createDirectories(log.getParent());
        Files.writeString(
                log, "{\"id\":\"f1\",\"event\":\"proved\",\"at\":\"" + Instant.now() + "\"}\n");
    }
}
