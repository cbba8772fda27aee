package dev.paygateway.chaos.acquirer;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** An acquirer in a process of its own, started as the lab starts it. */
final class AcquirerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready amber https://127.0.0.1:(\\d+) .*");

    private final Process process;
    private final Path errors;

    @MustBeClosed
    private AcquirerProcess(List<String> command, Path errors) throws IOException {
        this.errors = errors;
        this.process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    }

    @MustBeClosed
    static AcquirerProcess start(TestPki pki, Path books, int port) throws IOException {
        return new AcquirerProcess(java(pki, books, port), books.resolveSibling("errors.txt"));
    }

    /** A process whose files cannot grow past a size: its disk is full then. */
    @MustBeClosed
    static AcquirerProcess startCramped(TestPki pki, Path books, int kibibytes) throws IOException {
        var command = new ArrayList<>(List.of("sh", "-c"));
        command.add("ulimit -f " + kibibytes * 2 + "; exec \"$0\" \"$@\"");
        command.addAll(java(pki, books, 0));
        return new AcquirerProcess(command, books.resolveSibling("errors.txt"));
    }

    private static List<String> java(TestPki pki, Path books, int port) {
        var own = pki.identity("server").toString();
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                AcquirerMain.class.getName(),
                "--name=amber",
                "--port=" + port,
                "--books=" + books,
                "--tls-cert=" + own,
                "--tls-key=" + own,
                "--ca=" + pki.ca,
                "--seed=7");
    }

    private static String classPath() {
        var own = System.getProperty("java.class.path", "");
        return System.getProperty("surefire.test.class.path", own).replace(",", File.pathSeparator);
    }

    /** Waits for the ready line; the port it names. */
    int ready() throws IOException {
        var line = String.valueOf(output().readLine());
        var ready = READY.matcher(line);
        if (!ready.matches()) {
            throw new IOException("not ready: " + line + "; " + errors());
        }
        return Integer.parseInt(ready.group(1));
    }

    private BufferedReader output() {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void terminate() {
        process.destroy();
    }

    /** Waits for the end; the exit code. */
    int ends(Duration within) throws IOException, InterruptedException {
        if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("still running after " + within);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
