package dev.paygateway.chaos.cli;

import dev.paygateway.chaos.lab.Lab;
import dev.paygateway.chaos.lab.Part;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Parameters;

/** The parts that a command is about: each by its name, or all of a region by the region's. */
final class Named {
    @Parameters(
            arity = "1..*",
            paramLabel = "NAME",
            description = "Parts, as ./gateway status names them; a region's name is all of it.")
    private List<String> names = List.of();

    /** In a region, only those that run, or only those that do not. */
    List<String> in(Lab lab, boolean running) {
        return names.stream().flatMap(name -> named(lab, name, running)).distinct().toList();
    }

    private static Stream<String> named(Lab lab, String name, boolean running) {
        var region = lab.region(name);
        return region.isEmpty()
                ? Stream.of(name)
                : region.stream().filter(part -> part.alive() == running).map(Part::name);
    }
}
