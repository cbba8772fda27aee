package dev.paygateway.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paygateway.chaos.audit.evidence.BrokenEvidence;
import dev.paygateway.chaos.audit.evidence.Fault;
import dev.paygateway.chaos.audit.evidence.Regions;
import dev.paygateway.chaos.load.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Goal: the audit of a sandbox with two regions compares their nodes, tells their answers apart and
 * reads the fault log without being told, and each of that can be told otherwise.
 *
 * <p>Method: command lines beside a state folder as the launcher leaves it.
 */
final class InputOptionsTest {
    private static final List<Fault> PLAYED = List.of(Traffic.fault(0, 1));
    private static final String TOKEN = "eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl";

    @TempDir private Path folder;

    @BeforeEach
    void up() throws IOException {
        Files.createDirectories(folder.resolve("history"));
        Files.writeString(folder.resolve("history").resolve("load-1.jsonl"), "");
        write("GATEWAY_URL_EAST=https://10.91.1.1:8443", "DATABASE_URL_EAST=jdbc:mariadb://east/g");
    }

    private void write(String... lines) throws IOException {
        var authority = new TestAuthority(folder.resolve("run"));
        write(
                Stream.concat(
                        Stream.of(
                                "MANAGEMENT_URLS=https://127.0.0.1:1,https://127.0.0.1:2",
                                "GATEWAY_CA=" + authority.file("ca.pem"),
                                "OPERATOR_CERT=" + authority.file("leaf.pem"),
                                "OPERATOR_KEY=" + authority.file("leaf.key")),
                        Stream.of(lines)));
    }

    private void write(Stream<String> lines) throws IOException {
        var all =
                Stream.concat(
                        Stream.of(
                                "DATABASE_URL=jdbc:mariadb://east/g",
                                "DATABASE_AUDITOR=auditor:secret-of-the-auditor",
                                "ACQUIRER_BOOKS=" + folder.resolve("amber.jsonl"),
                                "MERCHANT_TOKEN=" + TOKEN),
                        lines);
        Files.createDirectories(folder.resolve("run"));
        Files.write(folder.resolve("run").resolve("env"), all.toList());
    }

    private void twoRegions() throws IOException {
        write(
                "GATEWAY_URL_EAST=https://10.91.1.1:8443",
                "GATEWAY_URLS_EAST=https://10.91.1.1:8444,https://10.91.1.1:8445",
                "GATEWAY_URLS_NORTH=https://10.91.1.2:8444",
                "DATABASE_URL_EAST=jdbc:mariadb://east/g",
                "DATABASE_URL_NORTH=jdbc:mariadb://north/g");
        Files.writeString(folder.resolve("run").resolve("faults.jsonl"), "");
    }

    private InputOptions parsed(String... arguments) {
        var options = new InputOptions();
        new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("input", spec(options)))
                .parseArgs(
                        Stream.concat(Stream.of("--state", folder.toString()), Stream.of(arguments))
                                .toArray(String[]::new));
        return options;
    }

    private static CommandLine.Model.CommandSpec spec(InputOptions options) {
        return CommandLine.Model.CommandSpec.forAnnotatedObject(options);
    }

    @Test
    void oneRegionHasNothingToCompare() {
        var input = parsed().input();
        assertThat(input.nodes()).hasSizeLessThan(2);
        assertThat(input.regions()).isEqualTo(Regions.ONE);
        assertThat(input.faults()).isEmpty();
        assertThat(input.settle()).isEqualTo(AuditInput.SETTLE);
        assertThat(input.enough().apply(List.of())).isEqualTo(Enough.OF_LOAD);
    }

    @Test
    void twoRegionsAreComparedWithoutBeingTold() throws IOException {
        twoRegions();
        for (var input : List.of(parsed().input(), parsed("--nodes").input())) {
            assertThat(input.nodes()).containsOnlyKeys("east", "north");
            assertThat(input.nodes().get("north")).hasToString("jdbc:mariadb://north/g as auditor");
            assertThat(input.regions().names()).containsExactlyInAnyOrder("east", "north");
            assertThat(input.faults()).contains(folder.resolve("run").resolve("faults.jsonl"));
        }
        assertThat(parsed("--no-nodes").input().nodes()).isEmpty();
    }

    @Test
    void moreIsAskedOfARunWithFaultsUnlessTold() {
        assertThat(parsed().input().enough().apply(PLAYED)).isEqualTo(Enough.OF_FAULTS);
        var told = parsed("--min-acknowledged", "7", "--min-unknowns", "0").input().enough();
        assertThat(told.apply(PLAYED)).isEqualTo(new Enough(7, 10, 0));
    }

    @Test
    void nothingIsLeftToPeopleUnlessTheAuditGoesOnOrIsTold() {
        assertThat(parsed().input().enough().apply(PLAYED).reviewMax()).isZero();
        assertThat(parsed().inputOfRound().enough().apply(PLAYED).reviewMax())
                .isEqualTo(Long.MAX_VALUE);
        var told = parsed("--max-needs-review", "3");
        assertThat(told.input().enough().apply(PLAYED).reviewMax()).isEqualTo(3);
        assertThat(told.inputOfRound().enough().apply(PLAYED).reviewMax()).isEqualTo(3);
    }

    @Test
    void whatMerchantsArePromisedCanBeTold() {
        var objectives = parsed("--rto", "20s", "--total", "power-off").input().objectives();
        assertThat(objectives.gapMax()).isEqualTo(Duration.ofSeconds(20));
        assertThat(objectives.total()).containsExactly("power-off");
        assertThat(parsed().input().objectives().total())
                .containsExactlyInAnyOrder("total-crash", "restore", "database-all-kill");
    }

    @Test
    void secretsAreLookedForOnceAndNotAllTheTime() {
        assertThat(parsed().input().stores()).isPresent();
        assertThat(parsed().inputOfRound().stores()).isEmpty();
        assertThat(parsed("--secrets").inputOfRound().stores()).isPresent();
        assertThat(parsed("--no-secrets").input().stores()).isEmpty();
        var stores = parsed("--canary", "root=s.0123456789").input().stores().orElseThrow();
        assertThat(stores.canaries())
                .extracting(canary -> canary.name())
                .contains(
                        "card number ending 4242", "auditor's password", "MERCHANT_TOKEN", "root");
        assertThat(stores.toString()).doesNotContain("4242", "auditor", TOKEN);
        assertThat(stores.pages()).hasSize(2);
    }

    /** A search that never saw a page of metrics must not say that they hold no secret. */
    @Test
    void pagesThatNobodyNamesAreMissedAloud() throws IOException {
        write(Stream.of("GATEWAY_URL_EAST=https://10.91.1.1:8443"));
        assertThatThrownBy(() -> parsed().input())
                .isInstanceOf(BrokenEvidence.class)
                .hasMessageContaining("MANAGEMENT_URLS");
        assertThat(parsed("--no-secrets").input().stores()).isEmpty();
    }
}
