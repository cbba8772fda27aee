package dev.paygateway.chaos.drill;

import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.report.DrillReport;
import dev.paygateway.chaos.report.ReportFiles;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./gateway drill}: breaks something by the run-book, under load, and judges what came. */
@Command(
        name = "drill",
        description = {
            "Plays a run-book page under load on a lab of its own, audits, and reports.",
            "Exit 0: all gates kept; 1: one broken; 3: the machine lacks something."
        },
        subcommands = {DrillListCommand.class, DrillTrendCommand.class},
        mixinStandardHelpOptions = true)
public final class DrillCommand implements Callable<Integer> {
    private static final String ALL = "all";
    private static final int TIMES_MAX = 1_000;

    @Spec private CommandSpec spec;
    @Mixin private Checkout checkout;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "A page of docs/runbooks, or all of them with: all")
    private Optional<String> name;

    @Option(names = "--seed", paramLabel = "N", description = "Repeats a drill's choices.")
    private Optional<Long> seed;

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "1",
            description = "Play it N times, each with the seed after the last one's.")
    private int times;

    @Option(names = "--json", description = "The report as JSON; progress goes to stderr.")
    private boolean json;

    @Option(names = "--keep", description = "Leave the lab up afterwards; its faults are healed.")
    private boolean keep;

    @Option(names = "--here", description = "On the lab that is up, and leave it up.")
    private boolean here;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            description = "Add N to every port of its lab, beside another sandbox.")
    private int portOffset;

    @Override
    public Integer call() throws InterruptedException {
        if (times < 1 || times > TIMES_MAX) {
            throw usage("--times must be 1 to %d, not %d".formatted(TIMES_MAX, times));
        }
        var pages = pages();
        var exits = new ArrayList<Integer>();
        var first = seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(1, 1L << 31));
        var several = pages.size() * times > 1;
        for (var page : pages) {
            for (var next = first; next < first + times; next++) {
                exits.add(play(page, next, several));
            }
        }
        return exits.contains(ExitCode.SOFTWARE)
                ? ExitCode.SOFTWARE
                : exits.stream().mapToInt(Integer::intValue).max().orElse(ExitCode.OK);
    }

    /** All are read before the first is played: a page that cannot be played costs no lab. */
    private List<Page> pages() {
        var runbooks = new Runbooks(checkout.root());
        var names = runbooks.names();
        var wanted = name.orElseThrow(() -> usage("name a drill, or all; there are " + names));
        if (!wanted.equals(ALL) && !names.contains(wanted)) {
            throw usage("no drill is called %s; there are %s".formatted(wanted, names));
        }
        try {
            var commands = new PageCommands(checkout.root(), () -> launcher(spec));
            var pages = (wanted.equals(ALL) ? names : List.of(wanted)).stream();
            return pages.map(runbooks::page).map(commands::require).toList();
        } catch (BadPage bad) {
            throw new ParameterException(spec.commandLine(), String.valueOf(bad.getMessage()), bad);
        }
    }

    private ParameterException usage(String words) {
        return new ParameterException(spec.commandLine(), words);
    }

    private int play(Page page, long with, boolean several) throws InterruptedException {
        var out = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        var terms =
                new Terms(
                        checkout.root(),
                        checkout.state(),
                        with,
                        here,
                        keep && !several,
                        portOffset);
        try (var teller = new Teller(out, isTerminal() && !json)) {
            var report = Drill.play(page, terms, teller, () -> launcher(spec));
            return tell(report, ReportFiles.write(terms.reports(), report), out);
        } catch (LabFailure | DrillFailure failed) {
            out.println("drill %s: %s".formatted(page.name(), words(failed)));
            out.flush();
            return failed instanceof LabFailure lab ? lab.kind().exitCode() : ExitCode.SOFTWARE;
        }
    }

    private static String words(RuntimeException failed) {
        var cause = failed.getCause();
        return failed.getMessage() + (cause == null ? "" : ": " + cause);
    }

    private int tell(DrillReport report, Path page, PrintWriter talk) {
        talk.println(ReportText.of(report, page));
        talk.flush();
        if (json) {
            var out = spec.commandLine().getOut();
            out.println(ReportFiles.json(report));
            out.flush();
        }
        return report.passed() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** What runs a page's commands: the command line that we are part of, made anew. */
    static CommandLine launcher(CommandSpec spec) {
        var root = spec.root();
        return new CommandLine(root.userObject())
                .setExecutionExceptionHandler(root.commandLine().getExecutionExceptionHandler())
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /** Where the checkout is, and the state of its lab. */
    static final class Checkout {
        @Option(
                names = "--state",
                paramLabel = "FOLDER",
                description = "Keep the lab's state there instead of in .gateway of the checkout.")
        private Path state = root().resolve(".gateway");

        Path state() {
            return state.toAbsolutePath().normalize();
        }

        Path root() {
            var told = Path.of(System.getProperty("gateway.root", "")).toAbsolutePath().normalize();
            return Files.isDirectory(told.resolve("docs")) ? told : told.resolve("..").normalize();
        }
    }
}
