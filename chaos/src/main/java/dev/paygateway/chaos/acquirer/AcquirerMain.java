package dev.paygateway.chaos.acquirer;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.acquirer.http.Limits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs one simulated acquirer until it is told to end or its books break. */
@Command(
        name = "acquirer",
        description = "A simulated acquirer with its own books, over mutual TLS.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class AcquirerMain implements Callable<Integer> {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{1,31}");
    private static final int PORT_MAX = 65_535;
    private static final int WINDOW_MAX = 3_600;

    @Spec private CommandSpec spec;

    @Option(names = "--name", required = true, description = "amber, basalt or another name.")
    private String name;

    @Option(names = "--port", required = true, description = "TCP port; 0 takes a free one.")
    private int port;

    @Option(
            names = "--address",
            defaultValue = "127.0.0.1",
            description = "Default: ${DEFAULT-VALUE}.")
    private String address;

    @Option(names = "--books", required = true, description = "JSON lines file, made if missing.")
    private Path books;

    @Option(names = "--tls-cert", required = true, description = "Certificate chain, PEM.")
    private Path certificate;

    @Option(names = "--tls-key", required = true, description = "PKCS#8 private key, PEM.")
    private Path key;

    @Option(names = "--ca", required = true, description = "Authority of client certificates, PEM.")
    private Path authority;

    @Option(names = "--seed", required = true, description = "Seed of the faults.")
    private long seed;

    @Option(
            names = "--visibility-window",
            defaultValue = "10",
            description = "Seconds that inquiry may miss an effect. Default: ${DEFAULT-VALUE}.")
    private int windowSeconds;

    private AcquirerMain() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new AcquirerMain()).execute(args));
    }

    /** Serves until a signal ends the process; returns only to report a failure. */
    @Override
    public Integer call() {
        requireSense();
        try (var acquirer = open()) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(acquirer), "end"));
            announce(acquirer);
            complain("the books broke: " + acquirer.broken().join().getMessage());
        } catch (IOException refused) {
            complain(String.valueOf(refused.getMessage()));
        }
        return 1;
    }

    @MustBeClosed
    private Acquirer open() throws IOException {
        var settings =
                new Acquirer.Settings(
                        name,
                        books,
                        seed,
                        Duration.ofSeconds(windowSeconds),
                        Limits.standard(),
                        Api.Delays.standard());
        var tls = MutualTls.context(certificate, key, authority);
        return Acquirer.open(
                settings, new InetSocketAddress(address, port), tls, InstantSource.system());
    }

    private void announce(Acquirer acquirer) {
        var out = spec.commandLine().getOut();
        out.printf(
                "ready %s https://%s:%d seed %d, books %s with %d lines, visibility window %d s%n",
                name, address, acquirer.port(), seed, books, acquirer.lines(), windowSeconds);
        out.flush();
    }

    private void complain(String problem) {
        var err = spec.commandLine().getErr();
        err.println("acquirer " + name + ": " + problem);
        err.flush();
    }

    private void end(Acquirer acquirer) {
        try {
            acquirer.close();
        } catch (IOException failed) {
            complain("the books did not close: " + failed.getMessage());
        }
    }

    private void requireSense() {
        require(NAME.matcher(name).matches(), "--name", "expected " + NAME);
        require(port >= 0 && port <= PORT_MAX, "--port", "expected 0 to " + PORT_MAX);
        require(
                windowSeconds >= 0 && windowSeconds <= WINDOW_MAX,
                "--visibility-window",
                "expected 0 to " + WINDOW_MAX + " seconds");
    }

    private void require(boolean holds, String option, String problem) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), option + ": " + problem);
        }
    }
}
