package dev.paygateway.chaos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: a script can rely on the exit codes and a person on the words when nothing runs.
 *
 * <p>Method: the command line on a state folder without a lab.
 */
final class MainTest {
    private final StringWriter said = new StringWriter();

    @TempDir private Path folder;

    @Test
    void downWithoutALabIsFine() {
        assertThat(run("down")).isZero();
        assertThat(said.toString()).contains("nothing runs");
    }

    @Test
    void statusWithoutALabSaysSo() {
        assertThat(run("status")).isEqualTo(1);
        assertThat(said.toString()).contains("./gateway up");
    }

    @Test
    void statusIsReadableByMachines() {
        assertThat(run("status", "--json")).isEqualTo(1);
        assertThat(said.toString()).isEqualToIgnoringNewLines("{\"up\":false,\"parts\":[]}");
    }

    @Test
    void aPartCannotBeStoppedWithoutALab() {
        assertThat(run("stop", "database")).isEqualTo(1);
        assertThat(said.toString()).contains("no lab is up").doesNotContain("Exception");
    }

    @Test
    void nothingCanBeRecordedWithoutALab() {
        assertThat(run("record", "gateway-1")).isEqualTo(1);
        assertThat(said.toString()).contains("no lab is up").doesNotContain("Exception");
    }

    @Test
    void aLabHasOneRegionOrTwo() {
        assertThat(run("up", "--regions", "3")).isEqualTo(2);
        assertThat(said.toString()).contains("--regions", "1 or 2");
    }

    @Test
    void badUsageIsNamed() {
        assertThat(run("up", "--port-offset", "x")).isEqualTo(2);
        assertThat(said.toString()).contains("--port-offset");
        assertThat(run("up", "--port-offset", "60000")).isEqualTo(2);
        assertThat(said.toString()).contains("port range");
        assertThat(run("stop", "a", "--signal", "HUP")).isEqualTo(2);
        assertThat(run("record", "gateway-1", "--for", "0s")).isEqualTo(2);
        assertThat(said.toString()).contains("--for");
        assertThat(run("fly")).isEqualTo(2);
    }

    private int run(String command, String... more) {
        var arguments = new String[more.length + 3];
        arguments[0] = command;
        System.arraycopy(more, 0, arguments, 1, more.length);
        arguments[more.length + 1] = "--state";
        arguments[more.length + 2] = folder.toString();
        var writer = new PrintWriter(said);
        return Main.commandLine().setOut(writer).setErr(writer).execute(arguments);
    }
}
