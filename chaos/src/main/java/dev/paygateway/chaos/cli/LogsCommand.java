package dev.paygateway.chaos.cli;

import dev.paygateway.chaos.lab.Lab;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Shows what one part wrote.")
final class LogsCommand implements Callable<Integer> {
    @Mixin private Place place;

    @Parameters(paramLabel = "NAME", description = "A part, as ./gateway status names it.")
    private String name;

    @Option(names = "-n", paramLabel = "LINES", description = "The last so many lines.")
    private int lines = 50;

    @Option(names = "-f", description = "Go on as it writes more.")
    private boolean follow;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var log = Lab.attach(place.state()).part(name).log().toString();
        var tail = new ProcessBuilder("tail", "-n", Integer.toString(lines), log);
        if (follow) {
            tail.command().add("-F");
        }
        return tail.inheritIO().start().waitFor();
    }
}
