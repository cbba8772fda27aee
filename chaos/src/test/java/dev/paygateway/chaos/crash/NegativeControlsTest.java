package dev.paygateway.chaos.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.audit.judge.Law;
import dev.paygateway.chaos.lab.LabFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: the audit sees the mistakes that it guards against; a checker that stays green proves
 * nothing.
 *
 * <p>Method: the real service with one guard taken away, under the load and the fault that the
 * guard is for; the audit must name the law that the mistake breaks. With every guard in place the
 * same plays must break none.
 */
final class NegativeControlsTest {
    private static final int RUNS_MAX = 3;
    private static final Duration SETTLE = Duration.ofSeconds(60);

    /** Plays one alone: {@code -Dcontrol=FLUSH_OFF}. */
    private static final String ONLY = System.getProperty("control", "");

    static Stream<Control> ofOneRegion() {
        return of(1);
    }

    static Stream<Control> ofTwoRegions() {
        return of(2);
    }

    private static Stream<Control> of(int regions) {
        return Arrays.stream(Control.values())
                .filter(control -> control.regions() == regions)
                .filter(control -> ONLY.isEmpty() || control.name().equals(ONLY));
    }

    @ParameterizedTest
    @MethodSource("ofOneRegion")
    @Tag("system-long")
    void turnsTheAuditRed(Control control) throws Exception {
        try (var world = World.up("negative-control", sabotage(), List.of(control.profile()))) {
            isFound(control, world);
        }
    }

    @ParameterizedTest
    @MethodSource("ofTwoRegions")
    @Tag("two-regions")
    void turnsTheAuditRedOnTwoRegions(Control control) throws Exception {
        try (var world = twoRegions(List.of(control.profile()))) {
            isFound(control, world);
        }
    }

    /** The same plays, and then the books are changed by hand, with no word to the service. */
    @Test
    @Tag("system-long")
    void findsNothingButWhatIsChangedByHand() throws Exception {
        try (var world = World.up("negative-control", List.of(), List.of())) {
            breaksNothing(ofOneRegion(), world);
            findsChangesByHand(world);
        }
    }

    @Test
    @Tag("two-regions")
    void findsNothingOnTwoRegions() throws Exception {
        try (var world = twoRegions(List.of())) {
            breaksNothing(ofTwoRegions(), world);
        }
    }

    private static World twoRegions(List<String> profiles) {
        try {
            return World.ofTwoRegions("negative-control-2", sabotage(), profiles);
        } catch (LabFailure lacking) {
            if (lacking.kind() == LabFailure.Kind.MACHINE_LACKS) {
                System.out.println("skipped: controls on two regions: " + lacking.getMessage());
                Assumptions.abort(String.valueOf(lacking.getMessage()));
            }
            throw lacking;
        }
    }

    private static List<Path> sabotage() {
        return List.of(World.jar("-sabotage"));
    }

    private static void isFound(Control control, World world) throws Exception {
        Set<Law> broken = Set.of();
        var run = 0;
        while (!broken.contains(control.law()) && run < RUNS_MAX) {
            run++;
            control.sql().ifPresent(world.lab()::sql);
            control.play().on(world);
            broken = world.broken(SETTLE);
        }
        System.out.printf("%s: %s broken after run %d%n", control, broken, run);
        assertThat(broken).contains(control.law()).isSubsetOf(control.laws());
    }

    private static void breaksNothing(Stream<Control> controls, World world) throws Exception {
        for (var play : controls.map(Control::play).distinct().toList()) {
            play.on(world);
        }
        assertThat(world.broken(SETTLE)).isEmpty();
    }

    private static void findsChangesByHand(World world) throws IOException {
        var lab = world.lab();
        var captured = "SELECT id FROM gateway.payment WHERE version = 2 AND captured > 0 LIMIT 1";
        var row = lab.sql(captured).getFirst();
        var where = " FROM gateway.payment WHERE id = '" + row + "'";
        lab.sql("CREATE DATABASE kept; CREATE TABLE kept.payment SELECT *" + where);
        lab.sql("DELETE" + where);
        assertThat(world.broken(SETTLE)).containsExactlyInAnyOrder(Law.I1, Law.I12);
        lab.sql("INSERT INTO gateway.payment SELECT * FROM kept.payment");
        assertThat(world.broken(SETTLE)).isEmpty();

        var change = "UPDATE gateway.payment SET captured = captured %s 1 WHERE id = '%s'";
        lab.sql(change.formatted("-", row));
        assertThat(world.broken(SETTLE)).containsExactlyInAnyOrder(Law.I3, Law.I7);
        lab.sql(change.formatted("+", row));

        var book = Path.of(lab.env().require("ACQUIRER_BOOKS").split(",", -1)[1]);
        Files.writeString(book, ghost(book), StandardOpenOption.APPEND);
        assertThat(world.broken(SETTLE)).containsExactly(Law.I3);
    }

    private static String ghost(Path book) throws IOException {
        return """
        {"n":%d,"at":"%s","entry":"effect","acquirer":"basalt",\
        "effect":"authorized","reference":"op_ghost","original":null,\
        "merchant_account":"acct_m_demo1","amount":4711,"currency":"EUR"}
        """
                .formatted(
                        Files.readAllLines(book).size() + 1,
                        Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }
}
