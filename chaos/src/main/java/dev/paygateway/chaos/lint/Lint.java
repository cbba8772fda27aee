package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lab.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Lets every tool judge, and says what each one judged, skipped or let through. */
final class Lint {
    /** In the order of what they cost. */
    static final List<Validator> VALIDATORS =
            List.of(
                    new AlertRoutes(),
                    new AlertRules(),
                    new CloudContract(),
                    new HelmLint(),
                    new ChartPage(),
                    new NativeObjects(),
                    new ObjectSchemas(),
                    new PodSecurity(),
                    new CloudModules(),
                    new ChaosManifests(),
                    new MeshConfig());

    /** What stands beside all that, and nobody judges. */
    static final Map<String, String> UNJUDGED =
            Map.of(
                    "helm/region", "but for objects/: values of charts that are not ours",
                    "istio/install", "values of charts that are not ours",
                    "chaos/kube/manifests", "filled in, and tried, by ./gateway kube up alone");

    private final Path root;
    private final Path state;

    Lint(Path root, Path state) {
        this.root = root;
        this.state = state;
    }

    /** What one tool had to say. */
    sealed interface Result {
        record Judged(String validator, Verdict verdict, List<Control> controls, Duration took)
                implements Result {
            public Judged {
                controls = List.copyOf(controls);
            }

            @Override
            public boolean fine() {
                return verdict.fine() && controls.stream().allMatch(Control::isCaught);
            }
        }

        record Skipped(String validator, String reason) implements Result {
            @Override
            public boolean fine() {
                return true;
            }
        }

        String validator();

        boolean fine();
    }

    /** A planted mistake, and whether the tool saw it. */
    record Control(String mistake, boolean isCaught) {}

    /**
     * Runs them one after the other.
     *
     * @param withControls plants each tool's mistakes, too
     * @param told of each result as it comes
     */
    List<Result> run(List<Validator> validators, boolean withControls, Consumer<Result> told) {
        var results = validators.stream().map(each -> judge(each, withControls)).peek(told);
        return results.toList();
    }

    private Result judge(Validator validator, boolean withControls) {
        var since = System.nanoTime();
        try {
            var scratch = Files.createDirectories(state.resolve("lint").resolve(validator.name()));
            var tools = new Toolbox(Files.createDirectories(state.resolve("tools")));
            try {
                var tree = new Tree(root, scratch);
                var verdict = validator.judge(tree, tools);
                var mistakes = withControls ? validator.mistakes() : List.<Mistake>of();
                var controls =
                        mistakes.stream()
                                .map(each ->
                                        verdict.fine()
                                                ? control(validator, tree, each, tools)
                                                : unplanted(each))
                                .toList();
                return new Result.Judged(validator.name(), verdict, controls, elapsed(since));
            } finally {
                Tree.remove(scratch);
            }
        } catch (Missing missing) {
            return new Result.Skipped(validator.name(), missing.what());
        } catch (IOException refused) {
            throw Commands.disk("cannot write below " + state, refused);
        }
    }

    /** What a tool objects to anyhow hides whether it would object to the mistake. */
    private static Control unplanted(Mistake mistake) {
        return new Control(mistake.what() + " (not planted: it objects already)", false);
    }

    /** A mistake counts as caught only if the tool had something to say about it. */
    private static Control control(Validator validator, Tree tree, Mistake mistake, Toolbox tools) {
        try {
            var verdict = validator.judge(tree.with(mistake), tools);
            return new Control(mistake.what(), !verdict.fine());
        } catch (Missing missing) {
            return new Control(mistake.what() + " (" + missing.what() + ")", false);
        }
    }

    private static Duration elapsed(long since) {
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
