package dev.paygateway.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Goal: the audit's memory is bounded by a part of the evidence and not by the run: what is judged
 * in parts is judged as a whole would be, and ten million events fit into 1 GiB of heap.
 *
 * <p>Method: one consistent world many times over, each copy with its own ids, in a process with
 * the heap that is claimed.
 */
final class ManyEventsTest {
    private static final int COPIES = 20_000;

    @Test
    void manyPartsAreOneVerdict() {
        var clones = new Clones();
        var verdict = ManyEvents.judge(clones, COPIES);
        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.work().payments()).isEqualTo(7L * COPIES);
        assertThat(verdict.work().acknowledged()).isEqualTo(9L * COPIES);
        assertThat(verdict.work().elsewhere()).isZero();
    }

    @Test
    void halfAMillionEventsFitIntoAnEighthOfAGibibyte() throws Exception {
        assertThat(judged(500_000, "-Xmx192m")).contains("events of");
    }

    @Test
    @Tag("system-long")
    void tenMillionEventsFitIntoOneGibibyte() throws Exception {
        var told = judged(10_000_000, "-Xmx1g");
        System.out.println(told);
        assertThat(told).contains("events of");
    }

    private static String judged(long events, String heap)
            throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process =
                new ProcessBuilder(
                                java,
                                "-XX:+UseSerialGC",
                                heap,
                                "-cp",
                                System.getProperty("java.class.path"),
                                ManyEvents.class.getName(),
                                String.valueOf(events))
                        .redirectErrorStream(true)
                        .start();
        var told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isZero();
        return told;
    }
}
