package dev.paygateway.chaos.cli;

import dev.paygateway.chaos.lab.Lab;
import dev.paygateway.chaos.lab.Part;
import dev.paygateway.chaos.lab.ProcessId;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

@Command(name = "status", description = "Shows every part; exit code 1 unless all of them run.")
final class StatusCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ROW = "%-20s %-10s %-7s %-8s %8s  %-16s %s%n";

    @Mixin private Place place;
    @Spec private CommandSpec spec;

    @Option(names = "--json", description = "As one JSON document.")
    private boolean json;

    /** One part, as a machine reads it. */
    private record Row(
            String name,
            String role,
            String region,
            String state,
            Optional<Long> pid,
            String address,
            String log) {
        static Row of(Part part) {
            return new Row(
                    part.name(),
                    part.role().toString(),
                    part.region(),
                    part.state().toString(),
                    part.alive() ? part.process().map(ProcessId::pid) : Optional.empty(),
                    part.address(),
                    part.log().toString());
        }
    }

    private record Report(boolean up, List<Row> parts) {}

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var lab = Lab.find(place.state());
        var parts = lab.map(Lab::parts).orElse(List.of());
        if (json) {
            var rows = parts.stream().map(Row::of).toList();
            out.println(JSON.writeValueAsString(new Report(lab.isPresent(), rows)));
        } else if (lab.isPresent()) {
            print(lab.get(), out);
        } else {
            out.println("nothing runs; ./gateway up starts it");
        }
        var allRun = parts.stream().allMatch(part -> part.state() == Part.State.RUNNING);
        return lab.isPresent() && allRun ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    static void print(Lab lab, PrintWriter out) {
        out.printf(ROW, "NAME", "ROLE", "REGION", "STATE", "PID", "ADDRESS", "LOG");
        for (var part : lab.parts()) {
            var row = Row.of(part);
            var pid = row.pid().map(String::valueOf).orElse("-");
            out.printf(
                    ROW,
                    row.name(),
                    row.role(),
                    row.region(),
                    row.state(),
                    pid,
                    row.address(),
                    row.log());
        }
        out.flush();
    }
}
