package dev.paygateway.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.errorprone.bugpatterns.BugChecker;
import dev.paygateway.checks.Compilation.Refusal;
import edu.umd.cs.findbugs.BugInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: each known way to leak is refused by the tool that it names, and what does not leak is not.
 *
 * <p>Method: the samples are compiled as the build compiles, or handed to SpotBugs as it does. Each
 * marks the lines that are refused; no other may be. The page is what they say of themselves.
 */
class LeaksTest {
    private static final Path SERVICE = Path.of("../gateway-service/src/main/java");
    private static final Path CHAOS = Path.of("../chaos/src/main/java");
    private static final Path PAGE = Path.of("../docs/generated/leak-checks.md");
    private static final String HEAD =
            """
            # Leaks that do not build

            Made by `LeaksTest`, which compiles each sample, or hands it to SpotBugs, as the build does.

            | sample | leak | refused by |
            |---|---|---|
            """;
    private static final String MIDDLE =
            """

            | check | what it says |
            |---|---|
            """;

    @TempDir private static Path classes;
    private static List<Sample> forCompiler = List.of();
    private static List<Sample> forSpotBugs = List.of();
    private static List<Refusal> refusals = List.of();
    private static List<BugInstance> bugs = List.of();

    @BeforeAll
    static void compile() throws IOException, InterruptedException {
        forCompiler = Sample.of("leaks/compiler");
        forSpotBugs = Sample.of("leaks/spotbugs");
        refusals = Compilation.of(forCompiler, Files.createDirectory(classes.resolve("none")));
        var compiled = Files.createDirectory(classes.resolve("leaks"));
        assertThat(Compilation.of(forSpotBugs, compiled)).isEmpty();
        bugs = SpotBugs.of(compiled);
    }

    @TestFactory
    Stream<DynamicTest> isRefusedByTheCompiler() {
        return forCompiler.stream()
                .map(sample -> dynamicTest(sample.name(), () -> holdRefused(sample)));
    }

    private static void holdRefused(Sample sample) {
        var mine = refusals.stream().filter(each -> each.file().equals(sample.file())).toList();
        assertThat(mine).isNotEmpty().extracting(Refusal::line).isEqualTo(sample.refusedLines());
        assertThat(mine).extracting(Refusal::check).containsOnly(sample.refusedBy());
    }

    @TestFactory
    Stream<DynamicTest> isRefusedBySpotBugs() {
        return forSpotBugs.stream()
                .map(sample -> dynamicTest(sample.name(), () -> holdFound(sample)));
    }

    private static void holdFound(Sample sample) {
        assertThat(bugs)
                .filteredOn(bug -> bug.getPrimaryClass().getSimpleClassName().equals(sample.name()))
                .extracting(BugInstance::getType)
                .contains(sample.refusedBy());
    }

    @Test
    void whatDoesNotLeakIsNotRefused() throws IOException, InterruptedException {
        var compiled = Files.createDirectory(classes.resolve("kept"));
        assertThat(Compilation.of(Sample.of("kept"), compiled)).isEmpty();
        assertThat(SpotBugs.of(compiled)).isEmpty();
    }

    @Test
    void everyCheckHasItsSample() {
        var named = forCompiler.stream().map(Sample::refusedBy).toList();
        assertThat(ServiceLoader.load(BugChecker.class))
                .filteredOn(check -> check.getClass().getPackage().equals(getClass().getPackage()))
                .hasSize(5)
                .allSatisfy(check -> assertThat(named).contains(check.canonicalName()));
    }

    /** A type that was renamed would go unchecked, or leave a hole for another of its name. */
    @Test
    void namesTypesThatExist() {
        var named = Stream.of(Resources.OF_A_BLOCK, Resources.HANDLES, Resources.PARTS);
        assertThat(named.flatMap(Collection::stream))
                .filteredOn(name -> name.startsWith("dev."))
                .contains(Resources.SCOPE)
                .allSatisfy(name -> assertThat(source(name)).contains("class " + simple(name)));
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /** The source of the type, or of the one that it is nested in. */
    private static String source(String type) throws IOException {
        var file = type.replaceFirst("(\\.[A-Z]\\w*)\\..*", "$1").replace('.', '/') + ".java";
        return Files.readString(
                (type.startsWith("dev.paygateway.chaos") ? CHAOS : SERVICE).resolve(file));
    }

    @Test
    void drawsThePage() throws IOException {
        var drawn = HEAD + leaks() + MIDDLE + words();
        if (Boolean.getBoolean("generated.update")) {
            Files.writeString(PAGE, drawn);
        }
        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("take it over with ./mvnw -Pquick -pl checks test -Dgenerated.update=true")
                .isEqualTo(drawn);
    }

    private static String leaks() {
        return Stream.concat(forCompiler.stream(), forSpotBugs.stream())
                .map(sample ->
                        "| [%s](../../checks/%s) | %s | %s |\n"
                                .formatted(
                                        sample.name(),
                                        sample.file(),
                                        sample.leak(),
                                        sample.refusedBy()))
                .collect(Collectors.joining());
    }

    private static String words() {
        var words = new TreeMap<String, String>();
        refusals.forEach(each -> words.put(each.check(), each.words()));
        bugs.forEach(bug -> words.put(bug.getType(), bug.getBugPattern().getShortDescription()));
        return words.entrySet().stream()
                .map(entry -> "| %s | %s |\n".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
    }
}
