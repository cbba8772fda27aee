package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.audit.AuditCommand;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.Progress;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Exercises under load, and the auditor's word on all of them. */
@Command(
        name = "test",
        description = {
            "Exercises the cluster that is up while merchants pay, and audits all of it.",
            "Exit: 0 each came out as claimed, no payment failed but for want of a database, and",
            "the audit found nothing."
        })
final class TestCommand implements Callable<Integer> {
    private static final String ROW = "%-14s %-4s %8s %6s %6s  %s%n";

    @Spec private CommandSpec spec;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Do these and no others.")
    private List<String> only = List.of();

    @Option(names = "--seed", defaultValue = "20261129", description = "Of the merchants' choices.")
    private long seed;

    @Override
    public Integer call() {
        var ground = Ground.here();
        var exercises = chosen(ground);
        if (!Files.exists(ground.run())) {
            throw LabFailure.failed("no cluster is up; ./gateway kube up starts one");
        }
        var out = spec.commandLine().getOut();
        var bench = new Bench(ground, seed);
        out.printf(ROW, "EXERCISE", "", "PAYMENTS", "FAILED", "TIME", "WHAT WAS SEEN");
        if (!ground.isMeshed()) {
            names(Exercises.MESHED)
                    .forEach(name -> out.printf("%-14s not done: up without --mesh%n", name));
        }
        var fine = true;
        for (var exercise : exercises) {
            fine &= done(exercise, bench, out);
        }
        out.println();
        out.println(
                ChaosMesh.isIn(ground)
                        ? ChaosExercises.NOT_HERE
                        : "no chaos exercises: there is no Chaos Mesh here (kube up --chaos)");
        return audited(bench, out) && fine ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** Those for which the cluster has what they need. */
    private static List<Exercise> possible(Ground ground) {
        var all = new ArrayList<>(Exercises.ALL);
        if (ground.isMeshed()) {
            all.addAll(Exercises.MESHED);
        }
        if (ChaosMesh.isIn(ground)) {
            all.addAll(ChaosExercises.ALL);
        }
        return all;
    }

    private List<Exercise> chosen(Ground ground) {
        var possible = possible(ground);
        var known = names(possible);
        for (var name : only) {
            if (!known.contains(name)) {
                var hint = "--only: there is no " + name + ", only " + String.join(", ", known);
                throw new ParameterException(spec.commandLine(), hint);
            }
        }
        return possible.stream()
                .filter(each -> only.isEmpty() || only.contains(each.name()))
                .toList();
    }

    private static List<String> names(List<Exercise> exercises) {
        return exercises.stream().map(Exercise::name).toList();
    }

    private static boolean done(Exercise exercise, Bench bench, PrintWriter out) {
        var from = System.nanoTime();
        var seen = new ArrayList<String>();
        try {
            var load = bench.underLoad(exercise.name(), () -> seen.add(exercise.work().on(bench)));
            var fine = exercise.allows(load);
            var took = since(from);
            var told = String.join("", seen) + (load.passed() ? "" : "; not all ended well");
            out.printf(
                    ROW,
                    exercise.name(),
                    word(fine),
                    load.payments(),
                    load.failedOrdinary(),
                    took,
                    told);
            out.flush();
            return fine;
        } catch (LabFailure failed) {
            out.printf(ROW, exercise.name(), "RED", "-", "-", since(from), failed.getMessage());
            out.flush();
            return false;
        }
    }

    private static String word(boolean fine) {
        return fine ? "ok" : "RED";
    }

    private static String since(long from) {
        return Progress.since(from).replace(" ", "");
    }

    /** Secrets are not searched for: the node's folder is full of other programs' files. */
    private static boolean audited(Bench bench, PrintWriter out) {
        var words = new ArrayList<String>();
        words.addAll(List.of("--state", bench.ground().state().toString(), "--no-secrets"));
        bench.histories().stream().map(Path::toString).forEach(words::add);
        out.printf(Locale.ROOT, "%naudit of %d histories%n", bench.histories().size());
        var audit = new CommandLine(new AuditCommand()).setOut(out);
        return audit.execute(words.toArray(String[]::new)) == ExitCode.OK;
    }
}
