package dev.paygateway.chaos.lab;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The control socket of one leg's {@code wirefilter}: what its left end (L, the place) and its
 * right end (R, the hub) exchange passes through it.
 */
final class WireFilter {
    private static final String PROMPT = "VDEwf$ ";
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final int ANSWER_BYTES_MAX = 64 * 1024;
    private static final double NANOS_PER_MS = 1e6;
    private static final Pattern INFO =
            Pattern.compile("(\\w+) +L->R ([-+.e\\d]+)\\+([-+.e\\d]+)[UN] +R->L ([-+.e\\d]+)\\+");

    private final Path socket;

    WireFilter(Path socket) {
        this.socket = socket;
    }

    /** The commands that make a leg so. */
    static List<String> commands(Shape shape) {
        var bytes = shape.bandwidthBitsPerSecond().orElse(0) / Byte.SIZE;
        return List.of(
                "delay " + delay(shape),
                number("loss LR ", shape.lossPercentOut()),
                number("loss RL ", shape.lossPercentIn()),
                "bandwidth " + bytes);
    }

    /** In milliseconds, as the program's own option takes it. */
    static String delay(Shape shape) {
        return number("", millis(shape.delay()))
                + (shape.jitter().isZero() ? "" : number("+", millis(shape.jitter())) + "N");
    }

    private static String number(String before, double value) {
        return before + String.format(Locale.ROOT, "%.3f", value);
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / NANOS_PER_MS;
    }

    void shape(Shape shape) {
        ask(commands(shape));
    }

    /** What the leg does now, as it says itself. */
    Shape shape() {
        return parse(ask(List.of("showinfo")).getFirst());
    }

    /** Reads what {@code showinfo} prints. */
    static Shape parse(String info) {
        var lines = INFO.matcher(info).results().toList();
        var delay = line(lines, "Delay", info);
        var loss = line(lines, "Loss", info);
        var bytes = (long) Double.parseDouble(line(lines, "Bandw", info).group(2));
        return new Shape(
                ofMillis(delay.group(2)),
                ofMillis(delay.group(3)),
                Double.parseDouble(loss.group(2)),
                Double.parseDouble(loss.group(4)),
                bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes * Byte.SIZE));
    }

    private static MatchResult line(List<MatchResult> lines, String name, String info) {
        return lines.stream()
                .filter(line -> line.group(1).equals(name))
                .findFirst()
                .orElseThrow(() -> LabFailure.failed("wirefilter says no " + name + ": " + info));
    }

    private static Duration ofMillis(String number) {
        return Duration.ofNanos(Math.round(Double.parseDouble(number) * NANOS_PER_MS));
    }

    /** Sends commands one by one; the answer to each. */
    private List<String> ask(List<String> commands) {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            answer(channel);
            return commands.stream().map(command -> exchange(channel, command)).toList();
        } catch (IOException gone) {
            throw LabFailure.failed("the leg at " + socket + " does not listen: " + gone, gone);
        }
    }

    private String exchange(SocketChannel channel, String command) {
        try {
            channel.write(US_ASCII.encode(command + "\n"));
            var answer = answer(channel);
            if (!answer.contains("1000 Success")) {
                throw LabFailure.failed("wirefilter refused \"" + command + "\": " + answer);
            }
            return answer;
        } catch (IOException gone) {
            throw LabFailure.failed("the leg at " + socket + " fell silent: " + gone, gone);
        }
    }

    /** All that is said until the next prompt. */
    private static String answer(SocketChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate(ANSWER_BYTES_MAX);
        var prompted =
                Await.holds(ANSWER_LIMIT, Duration.ofMillis(1), () -> promptRead(channel, bytes));
        var said = text(bytes);
        if (!prompted) {
            throw new IOException("no prompt, but: " + said);
        }
        return said;
    }

    private static boolean promptRead(SocketChannel channel, ByteBuffer bytes) {
        try {
            var ended = channel.read(bytes) < 0;
            return ended || !bytes.hasRemaining() || text(bytes).endsWith(PROMPT);
        } catch (IOException gone) {
            throw Commands.disk("wirefilter", gone);
        }
    }

    private static String text(ByteBuffer bytes) {
        return US_ASCII.decode(bytes.duplicate().flip()).toString();
    }
}
