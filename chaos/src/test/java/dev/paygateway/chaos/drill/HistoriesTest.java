package dev.paygateway.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: a drill's audit is given what everybody wrote who paid in it, and nothing of earlier runs.
 *
 * <p>Method: a folder of histories, before and after others were written.
 */
final class HistoriesTest {
    @TempDir private Path folder;

    @Test
    void areThoseWrittenSinceTheDrillBegan() throws IOException {
        Files.createFile(folder.resolve("load-earlier.jsonl"));
        var histories = Histories.of(folder);
        assertThat(histories.written()).isEmpty();
        var storm = Files.createFile(folder.resolve("load-storm.jsonl"));
        var client = Files.createFile(folder.resolve("drill-retry-storm-both.jsonl"));
        Files.createFile(folder.resolve("load-storm.png"));
        assertThat(histories.written()).containsExactly(client, storm);
    }

    @Test
    void areNoneWhereNobodyEverPaid() {
        assertThat(Histories.of(folder.resolve("history")).written()).isEmpty();
    }
}
