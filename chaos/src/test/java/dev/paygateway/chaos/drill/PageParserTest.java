package dev.paygateway.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paygateway.chaos.load.Mix;
import dev.paygateway.chaos.load.Via;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Goal: what an on-call reads is what the drill does, or the page is refused by its line.
 *
 * <p>Method: one good page; then the same page with one mistake each.
 */
final class PageParserTest {
    private static final Path FILE =
            Path.of("src/test/resources/drill/database-node-one-region.md");

    private static final Page GOOD = Page.read(FILE);

    @Test
    void readsTheFrame() {
        assertThat(GOOD.title()).isEqualTo("A database node is lost, on one region");
        assertThat(GOOD.hypothesis())
                .isEqualTo("payments wait for the database, and none of them fails for good.");
        assertThat(GOOD.frame())
                .isEqualTo(
                        new Frame(
                                "database-node-one-region",
                                1,
                                5,
                                Mix.OK,
                                List.of(Via.BOTH),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(130),
                                new Bounds(
                                        Map.of(Via.BOTH, Duration.ofSeconds(60)),
                                        Optional.of(Duration.ofSeconds(90)),
                                        0,
                                        50)));
    }

    @Test
    void readsTheBlocksOfEachPhase() {
        assertThat(GOOD.of(Phase.FAULT))
                .containsExactly(
                        new Block(
                                49,
                                Phase.FAULT,
                                Duration.ofSeconds(3),
                                List.of(order(50, 0, "stop", "database", "--signal", "KILL"))));
        assertThat(GOOD.of(Phase.DURING).getFirst().orders())
                .containsExactly(order(24, 1, "status"));
        assertThat(GOOD.of(Phase.CHECK).getFirst().orders())
                .containsExactly(
                        new Order(
                                37,
                                List.of("status"),
                                new Expected(
                                        0,
                                        Optional.of(Duration.ofSeconds(60)),
                                        List.of(),
                                        List.of()),
                                false),
                        order(38, 0, "audit"));
    }

    @Test
    void putsTheSeedWhereThePageLeavesItOpen() {
        var page = page("./gateway start database", "./gateway load --seed ${SEED:-1}");
        assertThat(page.of(Phase.HEAL).getFirst().orders().getFirst().words(42))
                .containsExactly("load", "--seed", "42");
    }

    @Test
    void readsWhatRunsBesideTheOthers() {
        var page = page("./gateway start database", "./gateway fault play a.yaml --for 30s &");
        assertThat(page.of(Phase.HEAL).getFirst().orders())
                .containsExactly(
                        new Order(
                                29,
                                List.of("fault", "play", "a.yaml", "--for", "30s"),
                                Expected.SUCCESS,
                                true));
    }

    /** An audit that goes on all the while is not the drill's verdict. */
    @Test
    void tellsAnAuditThatWatchesFromTheOneThatJudges() {
        var before = "```sh drill before\n./gateway ";
        var page = page(before + "status", before + "audit --serve &");
        var watching = page.of(Phase.BEFORE).getFirst().orders().getFirst();
        assertThat(watching).matches(Order::judges).matches(Order::beside);
        assertThat(watching.audits()).isFalse();
    }

    /** Between the steps of a fail back an audit says whether to go on. */
    @Test
    void tellsAnAuditOfARunningSystemFromTheOneThatJudges() {
        var page = page("./gateway start database", "./gateway audit --running");
        var look = page.of(Phase.HEAL).getFirst().orders().getFirst();
        assertThat(look).matches(Order::judges);
        assertThat(look.audits()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "| rate | 5/s |!| rate | fast |!6: \"rate\" is \"fast\"",
                "| rate | 5/s |!| rate | 0/s |!6: \"rate\" is \"0/s\"",
                "| rate | 5/s |!!1: the frame lacks \"rate\"",
                "| rate | 5/s |!| speed | 5/s |!6: the frame knows no \"speed\"",
                "| mix | ok |!| rate | 6/s |!7: \"rate\" is there twice",
                "| warm | 10s |!| warm |!9: a row of the frame has two cells",
                "| clients | both |!| clients | both, west |!8: \"clients\"",
                "| clients | both |!| clients | both, dns |!1: the frame lacks \"rto dns\"",
                "| rto both | 60s |!| rto dns | 60s |!11: \"rto dns\": there is no such client",
                "| drill | database-node-one-region |!| drill | other |!3: \"drill\" is",
                "| regions | 1 |!| regions | 3 |!5: \"regions\"",
                "| acknowledged | 50 |!| acknowledged | 0 |!14: \"acknowledged\"",
                "# A database node is lost, on one region!A page!1: it does not begin with",
                "## What not to do!## What nobody does!1: its sections are",
                "sh drill fault 3s!sh drill fault soon!49: give sh drill PHASE",
                "sh drill fault 3s!sh drill break 3s!49: give sh drill PHASE",
                "sh drill fault 3s!sh dril fault!49: \"dril\" is no info string",
                "sh drill fault 3s!sh drill during!1: no block is of phase fault",
                "./gateway start database!systemctl start mariadb!29: a drill runs ./gateway",
                "./gateway start database!./gateway start a; rm b!29: a drill knows no shell",
                "./gateway start database!./gateway start $PART!29: a drill knows no shell",
                "./gateway start database!./gateway start a  # now!29: \"now\" expects nothing",
                "./gateway start database!./gateway a & b!29: a drill knows no shell",
                "./gateway start database!./gateway a & # within 1s!29: what runs beside",
                "./gateway start database!!28: a drill's block without a command",
                "./gateway start database!./gateway audit!38: ./gateway audit stands 2 times",
                "./gateway audit!./gateway status!1: ./gateway audit stands 0 times",
                "./gateway audit!./gateway audit --running!1: ./gateway audit stands 0 times",
                "./gateway start database!./gateway audit --running &!29: audit --running ends",
                "./gateway audit!./gateway audit --running!38: nobody pays any more",
                "Hypothesis: payments!Payments!54: no paragraph begins with",
            })
    void refusesAMistakeByItsLine(String good, String bad, String message) {
        assertThatThrownBy(() -> page(good, bad == null ? "" : bad))
                .isInstanceOf(BadPage.class)
                .hasMessageContaining("database-node-one-region.md:" + message);
    }

    @Test
    void readsWhatIsExpectedOfACommand() {
        var page =
                page("./gateway audit", "./gateway audit # exits 1, within 5s, shows DOWN, not UP");
        assertThat(page.of(Phase.CHECK).getFirst().orders().getLast().expected())
                .isEqualTo(
                        new Expected(
                                1,
                                Optional.of(Duration.ofSeconds(5)),
                                List.of("DOWN"),
                                List.of("UP")));
    }

    @Test
    void tellsEveryMistakeAtOnce() {
        var text = text().replace("5/s", "x").replace("60s", "y");
        assertThatThrownBy(() -> PageParser.parse(FILE, text.lines().toList()))
                .hasMessageContaining("md:6:")
                .hasMessageContaining("md:11:")
                .hasMessageContaining("md:37:");
    }

    private static Order order(int line, int exit, String... words) {
        var expected = new Expected(exit, Optional.empty(), List.of(), List.of());
        return new Order(line, List.of(words), expected, false);
    }

    private static Page page(String good, String bad) {
        assertThat(text()).contains(good);
        return PageParser.parse(FILE, text().replace(good, bad).lines().toList());
    }

    private static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
