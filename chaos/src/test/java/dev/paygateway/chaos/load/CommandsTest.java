package dev.paygateway.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * Goal: the commands say what happened in words and by exit code: 0 fine, 1 failed, 2 usage.
 *
 * <p>Method: real command lines against a small gateway, found through its environment file.
 */
class CommandsTest {
    @TempDir private Path folder;

    private final StringWriter text = new StringWriter();

    @ParameterizedTest
    @CsvSource({"4242,0,PAID", "0002,1,NOT PAID: card_declined", "4242424242424242,0,PAID"})
    void paysAndDrawsIt(String card, int exit, String words) throws IOException {
        try (var test = new TestSite(folder, TestBook.Flaw.NONE)) {
            environment(test);

            assertThat(execute(new PayCommand(), "12.34", "CNY", "--card", card)).isEqualTo(exit);
        }
        assertThat(text.toString())
                .contains(words, "POST https://127.0.0.1", "12.34", "money_moved")
                .doesNotContain("42424242");
    }

    @ParameterizedTest
    @CsvSource({
        "12.345,CNY,4242,CNY has 2 decimals",
        "12.3,JPY,4242,JPY has 0 decimals",
        "twelve,EUR,4242,is no number",
        "0,EUR,4242,amount.value is 0",
        "1,XXXX,4242,ISO 4217",
        "1,EUR,1234,none of the sandbox's"
    })
    void refusesNonsenseBeforeItPays(String amount, String currency, String card, String words) {
        assertThat(execute(new PayCommand(), amount, currency, "--card", card)).isEqualTo(2);
        assertThat(text.toString()).contains(words);
    }

    @Test
    void loadsAndSumsUp() throws IOException {
        try (var test = new TestSite(folder, TestBook.Flaw.NONE)) {
            environment(test);

            var exit =
                    execute(
                            new LoadCommand(),
                            "--rate",
                            "20",
                            "--for",
                            "1s",
                            "--mix",
                            "ok",
                            "--seed",
                            "7");

            assertThat(exit).as(text.toString()).isZero();
        }
        assertThat(text.toString()).contains("seed 7", "20 payments", "never resolved", "p99");
    }

    @ParameterizedTest
    @CsvSource({"--for,soon,give e.g. 300s", "--rate,0,rate is 0", "--mix,bad,give all or ok"})
    void refusesALoadOfNonsense(String option, String value, String words) {
        assertThat(execute(new LoadCommand(), option, value)).isEqualTo(2);
        assertThat(text.toString()).contains(words);
    }

    private int execute(Object command, String... words) {
        var writer = new PrintWriter(text, true);
        var line = new CommandLine(command);
        line.setOut(writer).setErr(writer);
        var all = new ArrayList<>(List.of(words));
        all.add("--state");
        all.add(folder.toString());
        return line.execute(all.toArray(String[]::new));
    }

    private void environment(TestSite test) throws IOException {
        Files.createDirectories(folder.resolve("run"));
        Files.writeString(folder.resolve("run").resolve("env"), test.environment());
    }
}
