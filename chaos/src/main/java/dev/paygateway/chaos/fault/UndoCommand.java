package dev.paygateway.chaos.fault;

import dev.paygateway.chaos.fault.play.ProcessMemory;
import dev.paygateway.chaos.lab.Lab;
import dev.paygateway.chaos.lab.ProcessId;
import dev.paygateway.chaos.lab.Shape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** What the journals' steps call: each may be run again, and does no harm where nothing is left. */
@Command(name = "undo", hidden = true, description = "Steps of the journals.")
final class UndoCommand {
    private static final int SHAPE_WORDS = 5;

    @Option(names = "--state", required = true, scope = ScopeType.INHERIT)
    private Path state;

    @Command(name = "start")
    void start(@Parameters List<String> names) {
        var lab = Lab.attach(state);
        var down = names.stream().filter(name -> !lab.part(name).alive()).toList();
        if (!down.isEmpty()) {
            lab.start(down);
        }
    }

    @Command(name = "shape")
    void shape(@Parameters List<String> words) {
        Lab.attach(state).network().shape(words.getFirst(), shape(words.get(1)));
    }

    @Command(name = "unseal")
    void unseal(@Parameters String region) {
        Lab.attach(state).unseal(region);
    }

    @Command(name = "sql")
    void sql(@Parameters String region, @Parameters String statement) {
        Lab.attach(state).sql(region, statement);
    }

    @Command(name = "poke")
    void poke(@Parameters List<String> words) {
        var process = new ProcessId(Long.parseLong(words.get(0)), Long.parseLong(words.get(1)));
        ProcessMemory.poke(process, Long.parseLong(words.get(2)), words.get(3));
    }

    /** As one word of the command line. */
    static String words(Shape shape) {
        return String.join(
                ",",
                Long.toString(shape.delay().toNanos()),
                Long.toString(shape.jitter().toNanos()),
                Double.toString(shape.lossPercentOut()),
                Double.toString(shape.lossPercentIn()),
                Long.toString(shape.bandwidthBitsPerSecond().orElse(0)));
    }

    static Shape shape(String word) {
        var words = word.split(",", SHAPE_WORDS);
        var bits = Long.parseLong(words[4]);
        return new Shape(
                Duration.ofNanos(Long.parseLong(words[0])),
                Duration.ofNanos(Long.parseLong(words[1])),
                Double.parseDouble(words[2]),
                Double.parseDouble(words[3]),
                bits == 0 ? OptionalLong.empty() : OptionalLong.of(bits));
    }
}
