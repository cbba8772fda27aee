package dev.paygateway.chaos.fault;

import dev.paygateway.chaos.fault.journal.FaultEvent;
import dev.paygateway.chaos.fault.journal.FaultLog;
import dev.paygateway.chaos.fault.journal.Journal;
import dev.paygateway.chaos.fault.manifest.Manifests;
import dev.paygateway.chaos.lab.Lab;
import dev.paygateway.chaos.load.Seconds;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Plays faults from manifests, and heals them. */
@Command(
        name = "fault",
        description = "Plays faults from Chaos Mesh's manifests on the lab, and heals them.",
        subcommands = {
            FaultCommand.Play.class,
            FaultCommand.Heal.class,
            FaultCommand.Show.class,
            KindsCommand.class,
            UndoCommand.class,
        })
public final class FaultCommand implements Runnable {
    private static final JsonMapper JSON = new JsonMapper();

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Where the lab is. */
    static final class Place {
        @Option(
                names = "--state",
                paramLabel = "FOLDER",
                description = "The state folder of the running sandbox (default: .gateway).")
        private Path state = Path.of(System.getProperty("gateway.root", ""), ".gateway");

        Path state() {
            return state.toAbsolutePath().normalize();
        }

        Path run() {
            return state().resolve("run");
        }
    }

    @Command(name = "play", description = "Plays a manifest until its time is over, then heals.")
    static final class Play implements Callable<Integer> {
        @Mixin private Place place;
        @Spec private CommandSpec spec;

        @Parameters(
                paramLabel = "FILE|FOLDER",
                description =
                        "A manifest of chaos/; of a folder the seed takes one, the next seed the"
                                + " next.")
        private Path file;

        @Option(names = "--seed", paramLabel = "N", description = "Repeats a run's choices.")
        private Optional<Long> seed;

        @Option(
                names = "--for",
                paramLabel = "TIME",
                converter = Seconds.class,
                description = "Instead of the manifest's own duration, e.g. 30s.")
        private Optional<Duration> length;

        @Option(
                names = "--address",
                paramLabel = "HOST:PORT=URL",
                description = "Where a host that a status check names is reached here.")
        private Map<String, URI> addresses = new LinkedHashMap<>();

        @Override
        public Integer call() {
            var out = spec.commandLine().getOut();
            long chosen = seed.orElseGet(() -> new SplittableRandom().nextLong(1_000_000));
            out.println("seed " + chosen);
            out.flush();
            var settings = new Settings(chosen, length, addresses);
            var one = Manifests.chosen(file, chosen);
            try (var injection = Faults.play(one, Lab.attach(place.state()), settings)) {
                injection.events().forEach(event -> out.println(line(event)));
                out.flush();
                var told = injection.events().size();
                injection.await();
                injection.events().stream().skip(told).forEach(event -> out.println(line(event)));
            }
            return ExitCode.OK;
        }
    }

    static String line(FaultEvent event) {
        var evidence = event.evidence();
        var text = new StringBuilder();
        text.append(
                "%s %-8s %s %s %s"
                        .formatted(
                                event.at(),
                                event.event(),
                                event.id(),
                                event.fault(),
                                event.targets()));
        for (var name : List.of("what", "before", "during", "after", "undone")) {
            if (evidence.containsKey(name)) {
                text.append("\n    ").append(name).append(": ").append(evidence.get(name));
            }
        }
        return text.toString();
    }

    @Command(name = "heal", description = "Takes back what still bites, by its journal alone.")
    static final class Heal implements Callable<Integer> {
        @Mixin private Place place;
        @Spec private CommandSpec spec;

        @Parameters(
                paramLabel = "ID|all",
                defaultValue = "all",
                description = "A fault as ./gateway fault list names it (default: all).")
        private String id;

        @Override
        public Integer call() {
            var out = spec.commandLine().getOut();
            var open = Faults.open(place.run()).reversed();
            var meant = open.stream().filter(each -> id.equals("all") || each.id().equals(id));
            var failed = 0;
            for (var journal : meant.toList()) {
                var undone = Faults.healByHand(journal, place.run());
                out.println(journal.id() + (undone ? " healed" : ": see " + journal.undoLog()));
                failed += undone ? 0 : 1;
            }
            out.println(failed == 0 ? "nothing bites any more" : failed + " cannot be healed");
            return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    @Command(name = "list", description = "Shows the faults that bite and those that did.")
    static final class Show implements Callable<Integer> {
        @Mixin private Place place;
        @Spec private CommandSpec spec;

        @Option(names = "--json", description = "As one JSON document.")
        private boolean json;

        @Override
        public Integer call() {
            var out = spec.commandLine().getOut();
            var events = new FaultLog(place.run()).read();
            var open = Faults.open(place.run()).stream().map(Journal::id).toList();
            if (json) {
                out.println(JSON.writeValueAsString(Map.of("open", open, "events", events)));
                return ExitCode.OK;
            }
            events.forEach(event -> out.println(line(event)));
            out.println(open.isEmpty() ? "nothing bites" : "biting: " + String.join(", ", open));
            return ExitCode.OK;
        }
    }
}
