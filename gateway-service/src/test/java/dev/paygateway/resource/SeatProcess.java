package dev.paygateway.resource;

import static org.awaitility.Awaitility.await;

import dev.paygateway.testing.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A {@link SeatHolder}, seen by the test that started it. */
final class SeatProcess implements AutoCloseable {
    private static final Duration START_WAIT = Duration.ofMinutes(2);
    private static final Pattern HOLDING =
            Pattern.compile(SeatHolder.HOLDING + "(\\d+) of ([^.]+)\\.");

    private final Sandbox sandbox;
    private final Path log;
    private final Process process;
    private final MatchResult holding;

    SeatProcess(Sandbox sandbox, ReleasePath seat, Path log) throws IOException {
        this.sandbox = sandbox;
        this.log = log;
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-D%s=%s".formatted(SeatHolder.SEAT, seat)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
        command.add(SeatHolder.class.getName());
        // what else is healthy, is not there
        command.add("--management.endpoint.health.validate-group-membership=false");
        sandbox.properties().forEach((key, value) -> command.add("--" + key + "=" + value));
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        holding = awaitHolding();
    }

    private MatchResult awaitHolding() {
        var isHeld = false;
        try {
            await().atMost(START_WAIT)
                    .until(() -> !process.isAlive() || HOLDING.matcher(log()).find());
            isHeld = HOLDING.matcher(log()).find();
        } finally {
            if (!isHeld) {
                process.destroyForcibly();
            }
        }
        return HOLDING.matcher(log()).results().findFirst().orElseThrow(this::dead);
    }

    private AssertionError dead() {
        return new AssertionError(log());
    }

    private String log() {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void end(ReleasePath path) throws IOException {
        switch (path) {
            case KILL -> process.destroyForcibly();
            case POWER_LOSS -> signal("STOP"); // nothing is sent, not even the end of a connection
            default -> {
                try (var orders = process.outputWriter()) {
                    orders.write(path.name() + "\n");
                }
            }
        }
    }

    private void signal(String name) throws IOException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
    }

    boolean hasSession() {
        return sandbox.database()
                .column("SELECT id FROM information_schema.processlist")
                .contains(holding.group(1));
    }

    boolean hasUser() {
        return sandbox.database().column("SELECT user FROM mysql.user").contains(holding.group(2));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
