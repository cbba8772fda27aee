package dev.paygateway.chaos.drill;

import dev.paygateway.chaos.drill.DrillCommand.Checkout;
import dev.paygateway.chaos.report.Trend;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "trend",
        description = "The figures of past drills; exit code 1 if the last of any became worse.")
final class DrillTrendCommand implements Callable<Integer> {
    @Mixin private Checkout checkout;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        var folder = checkout.state().resolve("reports").resolve("drills");
        var trend = Trend.read(folder);
        var out = spec.commandLine().getOut();
        out.println(trend.text());
        if (!trend.drills().isEmpty()) {
            out.println("page  " + trend.write(folder.resolve("trend.html")));
        }
        out.flush();
        return trend.regressed() ? ExitCode.SOFTWARE : ExitCode.OK;
    }
}
