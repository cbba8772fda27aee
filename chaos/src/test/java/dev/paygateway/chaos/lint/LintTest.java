package dev.paygateway.chaos.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.paygateway.chaos.lint.Lint.Control;
import dev.paygateway.chaos.lint.Lint.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: what we deploy is judged by the tools that would meet it outside, and they do judge.
 *
 * <p>Method: each tool reads this checkout, then copies of it with one mistake each, which it has
 * to object to.
 */
class LintTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Tag("deploy")
    @Tag("system-long")
    @TestFactory
    Stream<DynamicTest> findsNothingHereAndEachPlantedMistake() {
        return Lint.VALIDATORS.stream()
                .map(validator -> dynamicTest(validator.name(), () -> judges(validator)));
    }

    private static void judges(Validator validator) {
        var lint = new Lint(ROOT, ROOT.resolve(".gateway"));
        var result = lint.run(List.of(validator), true, _ -> {}).getFirst();
        switch (result) {
            case Result.Skipped(var _, var reason) -> Assumptions.abort(reason);
            case Result.Judged(var _, var verdict, var controls, var _) -> {
                assertThat(verdict.problems()).isEmpty();
                assertThat(controls).isNotEmpty().allMatch(Control::isCaught);
            }
        }
    }

    @Test
    void hasAMistakeForEveryTool() {
        assertThat(Lint.VALIDATORS).allSatisfy(each -> assertThat(each.mistakes()).isNotEmpty());
        assertThat(Lint.VALIDATORS.stream().map(Validator::name)).doesNotHaveDuplicates();
    }

    /** What a tool objects to, and what it lets through, must both fail the run. */
    @Test
    void failsWhenAToolObjectsOrLetsAMistakeThrough(@TempDir Path state) {
        var lint = new Lint(ROOT, state);
        var sharp = new Looking("helm/gateway/Chart.yaml", "kubeVersion", "kubeVersions");
        assertThat(lint.run(List.of(sharp), true, _ -> {})).allMatch(Result::fine);
        var blind = new Looking("helm/gateway/Chart.yaml", "kubeVersion", "kubeVersion 2");
        assertThat(lint.run(List.of(blind), true, _ -> {})).noneMatch(Result::fine);
        assertThat(lint.run(List.of(blind), false, _ -> {})).allMatch(Result::fine);
        var gone = new Looking("helm/nothing", "a", "b");
        assertThat(lint.run(List.of(gone), true, _ -> {}).getFirst())
                .isInstanceOf(Result.Skipped.class);
    }

    /** Else any mistake would count as caught, and nobody would know what the tool is blind to. */
    @Test
    void catchesNothingWhereAToolObjectsAnyhow(@TempDir Path state) {
        var red = new Looking("helm/gateway/Chart.yaml", "what is not there", "x");
        var result = new Lint(ROOT, state).run(List.of(red), true, _ -> {}).getFirst();
        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Judged.class,
                        judged ->
                                assertThat(judged.controls())
                                        .singleElement()
                                        .matches(control -> !control.isCaught()));
    }

    @Test
    void plantsOnlyWhereThereIsSomethingToSpoil(@TempDir Path scratch) {
        var tree = new Tree(ROOT, scratch);
        var mistake = new Mistake("none", "helm/gateway/Chart.yaml", "not in there", "x");
        assertThatThrownBy(() -> tree.with(mistake)).hasMessageContaining("cannot be planted");
    }

    /** Istio has a validation for each kind; the others say nothing of one that is blind. */
    @Test
    void hasAMistakeInEachFileAndOfEachKindOfTheMesh(@TempDir Path scratch) throws Exception {
        var tree = new Tree(ROOT, scratch);
        var kinds = new TreeSet<String>();
        var files = new TreeSet<Path>();
        for (var folder : List.of("istio/base", "istio/edge", "istio/failover")) {
            files.addAll(tree.files(folder, ".yaml"));
        }
        for (var file : files) {
            kinds.addAll(kinds(Files.readString(file)));
        }
        var spoiled = new TreeSet<String>();
        for (var mistake : new MeshConfig().mistakes()) {
            files.remove(tree.at(mistake.file()));
            spoiled.addAll(spoiled(mistake));
        }
        assertThat(files).isEmpty();
        assertThat(spoiled).isEqualTo(kinds).hasSize(10);
    }

    /** The kinds of those documents that the mistake changes. */
    private static List<String> spoiled(Mistake mistake) throws IOException {
        return Stream.of(Files.readString(ROOT.resolve(mistake.file())).split("\n---", -1))
                .filter(document -> document.contains(mistake.from()))
                .flatMap(document -> kinds(document).stream())
                .toList();
    }

    private static List<String> kinds(String text) {
        return text.lines()
                .filter(line -> line.startsWith("kind: "))
                .map(line -> line.substring("kind: ".length()))
                .toList();
    }

    @Test
    void namesWhatNobodyJudges() {
        assertThat(Lint.UNJUDGED.keySet())
                .allSatisfy(folder -> assertThat(ROOT.resolve(folder)).isNotEmptyDirectory());
        assertThat(LintCommand.closing())
                .contains("helm/region", "istio/install", "chaos/kube/manifests");
    }

    /** A verdict is worth what the tool is that gave it. */
    @Test
    void namesTheVersionsThatOurOwnProgramsAreBuiltOf(@TempDir Path scratch) throws Missing {
        var tree = new Tree(ROOT, scratch);
        assertThat(tree.required("istio/tool", "istio.io/istio")).startsWith("v");
        assertThat(tree.required("chaos/validate", "github.com/chaos-mesh/chaos-mesh/api"))
                .startsWith("v");
        assertThatThrownBy(() -> tree.required("istio/tool", "istio.io"))
                .isInstanceOf(Missing.class);
    }

    /** Objects where a word does not end with a colon. */
    private record Looking(String file, String word, String spoiled) implements Validator {
        @Override
        public String name() {
            return "looking";
        }

        @Override
        public Verdict judge(Tree tree, Toolbox tools) throws Missing {
            if (!Files.exists(tree.at(file))) {
                throw new Missing(file);
            }
            var notes = new Verdict.Notes();
            try {
                if (!Files.readString(tree.at(file)).contains(word)
                        || Files.readString(tree.at(file)).contains(word + "s")) {
                    notes.add("no " + word);
                }
            } catch (IOException unreadable) {
                notes.add(unreadable.toString());
            }
            return notes.verdict("an eye", file);
        }

        @Override
        public List<Mistake> mistakes() {
            return List.of(new Mistake("spoiled", file, word, spoiled));
        }
    }
}
