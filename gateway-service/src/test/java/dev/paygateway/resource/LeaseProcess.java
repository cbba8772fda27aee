package dev.paygateway.resource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One {@link LeaseHolder} as its parent sees it. */
final class LeaseProcess implements AutoCloseable {
    private static final int END_WAIT_S = 10;

    private final Process process;
    private final Path log;

    /** Starts it; what it must know goes through its standard input. */
    @MustBeClosed
    LeaseProcess(Path folder, List<String> words) throws IOException {
        log = Files.createTempFile(folder, "holder", ".log");
        process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path", ""),
                                LeaseHolder.class.getName())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        words.forEach(this::tell);
    }

    /** One line for it to read. */
    void tell(String word) {
        try {
            process.getOutputStream().write((word + "\n").getBytes(UTF_8));
            process.getOutputStream().flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String name() {
        return Long.toString(process.pid());
    }

    /** How often it has said so. */
    long count(String word) {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith(word)).count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    boolean hasSaid(String word) {
        return count(word) > 0;
    }

    void halt() {
        signal("STOP");
    }

    void goOn() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            var kill = new ProcessBuilder("kill", "-" + signal, name()).inheritIO().start();
            assertThat(kill.waitFor(END_WAIT_S, TimeUnit.SECONDS)).isTrue();
            assertThat(kill.exitValue()).isZero();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** As kill -9 does: also of a process that is halted. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
