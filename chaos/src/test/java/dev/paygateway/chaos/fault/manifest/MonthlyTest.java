package dev.paygateway.chaos.fault.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.fault.manifest.Workflow.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: the monthly exercise happens at night, in one region at a time, watched by the audit from
 * before the first fault until after the last, and breaks what the experiments of its names break.
 */
class MonthlyTest {
    private static final Path CHAOS =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("");

    private static final Map<String, String> OTHER = Map.of("east", "north", "north", "east");

    /** What injecting, proving and healing of a fault may take beside its own time. */
    private static final Duration AROUND_A_FAULT = Duration.ofSeconds(20);

    private static Path file(String region) {
        return CHAOS.resolve("monthly").resolve(region + ".yaml");
    }

    private static Workflow workflow(String region) {
        return (Workflow) Manifests.one(file(region)).body();
    }

    private static String text(String region) throws IOException {
        var text = Files.readString(file(region));
        return text.substring(text.indexOf("apiVersion"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"east", "north"})
    void happensAtNightOnceAtATimeOrNotAtAll(String region) throws IOException {
        assertThat(Manifests.one(file(region)).name()).isEqualTo("monthly-" + region);
        assertThat(text(region))
                .containsPattern("\n  schedule: 0 2 [18] \\* \\* ")
                .containsPattern("\n  startingDeadlineSeconds: 1800 ")
                .contains("\n  concurrencyPolicy: Forbid\n");
    }

    @Test
    void isTheSameInBothRegionsAWeekApart() throws IOException {
        var words = Pattern.compile("\\b(east|north)\\b").matcher(text("east"));
        var mirrored = words.replaceAll(word -> OTHER.getOrDefault(word.group(), ""));
        assertThat(text("north"))
                .isEqualTo(mirrored.replace("schedule: 0 2 1 ", "schedule: 0 2 8 "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"east", "north"})
    void isWatchedFromBeforeTheFirstFaultUntilAfterTheLast(String region) {
        var workflow = workflow(region);
        assertThat(children(workflow, workflow.entry()))
                .containsExactly("verdict-before", "watched", "verdict-after");
        assertThat(children(workflow, "watched")).containsExactly("verdict", "steps");
        for (var name : List.of("verdict-before", "verdict", "verdict-after")) {
            assertThat(check(workflow, name).aborts()).isTrue();
            assertThat(check(workflow, name).check().url().getPath()).isEqualTo("/audit/verdict");
        }
        var watch = check(workflow, "verdict").check();
        assertThat(watch.continuous()).isTrue();
        assertThat(watch.failureThreshold()).isEqualTo(1);
        assertThat(check(workflow, "verdict-before").check().url().getQuery()).isNull();
        assertThat(workflow.template("verdict").deadline().orElseThrow())
                .isGreaterThanOrEqualTo(length(workflow));
    }

    /** Of all steps, with what is around a fault. */
    private static Duration length(Workflow workflow) {
        var length = Duration.ZERO;
        for (var name : children(workflow, "steps")) {
            var template = workflow.template(name);
            length = length.plus(template.deadline().orElseThrow());
            length = template.step() instanceof Step.Fault ? length.plus(AROUND_A_FAULT) : length;
        }
        return length;
    }

    @Test
    void breaksWhatTheExperimentsOfItsNamesBreak() {
        var workflow = workflow("east");
        var steps = children(workflow, "steps");
        assertThat(steps).hasSize(20);
        for (int step = 0; step < steps.size(); step += 2) {
            var name = steps.get(step);
            var alone = Manifests.one(CHAOS.resolve("experiments").resolve(name + ".yaml"));
            assertThat(workflow.template(name).step())
                    .asString()
                    .isEqualTo(
                            lasting15s(
                                    new Step.Fault(((Manifest.Single) alone.body()).experiment())));
            assertThat(workflow.template(steps.get(step + 1)).step())
                    .isInstanceOf(Step.Suspend.class);
        }
    }

    /** As the exercise's own, which are shorter. */
    private static String lasting15s(Step.Fault fault) {
        return fault.toString()
                .replaceFirst("duration=Optional\\[\\w+]", "duration=Optional[PT15S]");
    }

    private static List<String> children(Workflow workflow, String name) {
        return switch (workflow.template(name).step()) {
            case Step.Serial serial -> serial.children();
            case Step.Parallel parallel -> parallel.children();
            case Step.Suspend _, Step.Fault _, Step.Check _ -> List.of();
        };
    }

    private static Step.Check check(Workflow workflow, String name) {
        assertThat(workflow.template(name).step()).isInstanceOf(Step.Check.class);
        return (Step.Check) workflow.template(name).step();
    }
}
