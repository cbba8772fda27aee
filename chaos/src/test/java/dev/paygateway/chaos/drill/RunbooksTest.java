package dev.paygateway.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paygateway.chaos.cli.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: no page names a command, an option or a manifest that is not there.
 *
 * <p>Method: every page of docs/runbooks against the launcher as it is; and one that must be
 * refused.
 */
final class RunbooksTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Runbooks RUNBOOKS = new Runbooks(ROOT);
    private static final PageCommands COMMANDS = new PageCommands(ROOT, Commands::line);

    @Test
    void areAllThere() {
        assertThat(RUNBOOKS.names())
                .containsExactly(
                        "acquirer-outage",
                        "any-fault",
                        "arbitrator-loss",
                        "certificate-expiry",
                        "clock-skew",
                        "database-node",
                        "disk-full",
                        "partition-both-alive",
                        "planned-drain",
                        "region-cut",
                        "region-loss",
                        "restore",
                        "retry-storm",
                        "rolling-restart",
                        "slow-network",
                        "total-crash",
                        "vault-loss",
                        "monthly");
    }

    static List<String> names() {
        return RUNBOOKS.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void canBePlayed(String name) {
        var page = RUNBOOKS.page(name);
        assertThat(COMMANDS.require(page)).isSameAs(page);
        assertThat(page.frame().regions()).isEqualTo(2);
    }

    /** The lab is the drill's own, and its audit knows all who paid: whatever else is a phantom. */
    @ParameterizedTest
    @MethodSource("names")
    void isAuditedStrictly(String name) {
        assertThat(RUNBOOKS.page(name).of(Phase.CHECK))
                .flatExtracting(Block::orders)
                .filteredOn(Order::audits)
                .singleElement()
                .satisfies(audit -> assertThat(audit.words()).contains("--strict"));
    }

    /** A page may send its reader to another one only if there is one. */
    @ParameterizedTest
    @MethodSource("names")
    void sendsItsReaderToPagesThatExist(String name) throws IOException {
        var words = Stream.of(Files.readString(page(name)).split("[\\s():,;]+", -1));
        assertThat(words.filter(it -> it.matches("[a-z-]+\\.md\\.?")))
                .allSatisfy(it -> assertThat(page(it.replaceFirst("\\.md\\.?$", ""))).exists());
    }

    @Test
    void areRefusedByTheLineOfAWrongOption() throws IOException {
        var file = page("region-cut");
        var lines =
                Files.readAllLines(file).stream()
                        .map(it ->
                                it.replace("--seed", "--sead").replace("region-cut.yaml", "x.yaml"))
                        .toList();
        assertThatThrownBy(() -> COMMANDS.require(PageParser.parse(file, lines)))
                .isInstanceOf(BadPage.class)
                .hasMessageContaining("--sead")
                .hasMessageContaining("chaos/experiments/x.yaml is not there");
    }

    private static Path page(String name) {
        return ROOT.resolve("docs/runbooks").resolve(name + ".md");
    }
}
