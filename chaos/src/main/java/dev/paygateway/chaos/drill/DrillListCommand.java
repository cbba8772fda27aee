package dev.paygateway.chaos.drill;

import dev.paygateway.chaos.drill.DrillCommand.Checkout;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        description = {
            "Names every drill, and what it must keep.",
            "Exit code 1 if a page of docs/runbooks cannot be played, each mistake with its line."
        })
final class DrillListCommand implements Callable<Integer> {
    @Mixin private Checkout checkout;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        var runbooks = new Runbooks(checkout.root());
        var out = spec.commandLine().getOut();
        var commands = new PageCommands(checkout.root(), () -> DrillCommand.launcher(spec));
        var bad = false;
        for (var name : runbooks.names()) {
            try {
                var page = runbooks.page(name);
                commands.require(page);
                out.println(row(page));
            } catch (BadPage page) {
                bad = true;
                out.println(page.getMessage());
            }
        }
        out.flush();
        return bad ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private static String row(Page page) {
        var rtos =
                page.frame().bounds().rto().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(it -> "%s %d s".formatted(it.getKey(), it.getValue().toSeconds()))
                        .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%-21s %-44s RTO <= %-19s failed <= %d",
                page.name(),
                page.title(),
                rtos,
                page.frame().bounds().failedMax());
    }
}
