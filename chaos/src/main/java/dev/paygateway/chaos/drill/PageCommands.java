package dev.paygateway.chaos.drill;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Holds a page's commands against the launcher before any lab is up for them. */
final class PageCommands {
    private static final String MANIFESTS = "chaos/";

    private final Path root;
    private final Supplier<CommandLine> launcher;

    PageCommands(Path root, Supplier<CommandLine> launcher) {
        this.root = root;
        this.launcher = launcher;
    }

    /**
     * The page, if the launcher understands all of it.
     *
     * @throws BadPage when it has no such command or option, or a manifest is not there
     */
    @CanIgnoreReturnValue
    Page require(Page page) {
        var problems = new ArrayList<BadPage.Problem>();
        for (var block : page.blocks()) {
            for (var order : block.orders()) {
                problems.addAll(problems(order));
            }
        }
        if (!problems.isEmpty()) {
            throw new BadPage(page.file(), problems);
        }
        return page;
    }

    private List<BadPage.Problem> problems(Order order) {
        var problems = new ArrayList<BadPage.Problem>();
        try {
            launcher.get().parseArgs(order.words(1).toArray(String[]::new));
        } catch (ParameterException refused) {
            problems.add(new BadPage.Problem(order.line(), String.valueOf(refused.getMessage())));
        }
        order.words().stream()
                .filter(word -> word.startsWith(MANIFESTS))
                .filter(word -> !Files.exists(root.resolve(word)))
                .map(word -> new BadPage.Problem(order.line(), word + " is not there"))
                .forEach(problems::add);
        return problems;
    }
}
