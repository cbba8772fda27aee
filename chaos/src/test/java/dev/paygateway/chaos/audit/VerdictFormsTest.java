package dev.paygateway.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.audit.judge.Law;
import dev.paygateway.chaos.audit.outage.Outage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goal: a verdict, for people and for machines, lists every invariant: judged with a count, or not
 * yet with the reason; and what each fault cost.
 *
 * <p>Method: the consistent world's verdict in both forms.
 */
final class VerdictFormsTest {
    private static final int INVARIANTS = 20;

    private static Verdict verdict() {
        var fault = Traffic.fault(1, 3);
        var outage =
                new Outage(
                        fault,
                        fault.injected(),
                        Duration.ofMillis(6_200),
                        Map.of("east", Duration.ofMillis(6_300)),
                        Map.of("dns.jsonl", Duration.ofMillis(9_100)),
                        Optional.of(Duration.ofSeconds(8)));
        return Copy.with(
                Copy.with(World.consistent().judge(), "outages", List.of(outage)),
                "shortfalls",
                List.of("0 unknown outcomes where 1 are needed"));
    }

    private static JsonNode json() {
        return JsonMapper.shared().readTree(VerdictJson.of(verdict()));
    }

    private static String text() {
        return text(verdict());
    }

    private static String text(Verdict verdict) {
        var text = new StringWriter();
        new VerdictText(new PrintWriter(text)).print(verdict);
        return text.toString();
    }

    @Test
    void machinesReadEveryLawWithACountOrAReason() {
        var laws = json().path("invariants");
        assertThat(laws.valueStream().map(law -> law.path("id").asString()))
                .containsExactlyElementsOf(Arrays.stream(Law.values()).map(Law::name).toList());
        assertThat(laws.valueStream().filter(law -> law.path("state").asString().equals("kept")))
                .allMatch(law -> law.path("checked").asLong() > 0);
        assertThat(laws.valueStream().filter(law -> law.path("state").asString().equals("not yet")))
                .allMatch(law -> !law.path("reason").asString().isBlank());
    }

    @Test
    void peopleReadEveryLawWithACountOrAReason() {
        var lines = text().lines().toList();
        for (var number = 1; number <= INVARIANTS; number++) {
            var law = "I" + number + " ";
            assertThat(lines).filteredOn(line -> line.startsWith(law)).hasSize(1);
        }
        assertThat(lines).contains("               (there is no ledger yet)");
    }

    /** Where nobody read, nobody's reads went on. */
    @Test
    void aLawHeldAgainstNothingIsNotYetAndFailsNothing() {
        var world = World.consistent();
        world.calls.removeIf(call -> !call.isWrite());
        var verdict = world.judge();
        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.notYet()).containsKey(Law.I14);
        assertThat(VerdictJson.tree(verdict).path("invariants").valueStream())
                .filteredOn(law -> law.path("id").asString().equals("I14"))
                .singleElement()
                .matches(law -> law.path("state").asString().equals("not yet"));
        assertThat(text(verdict).lines())
                .filteredOn(line -> line.startsWith("I14 "))
                .singleElement()
                .matches(line -> line.endsWith("not yet"));
    }

    @Test
    void bothTellWhatAFaultCost() {
        var outage = json().path("outages").get(0);
        assertThat(outage.path("gap_ms").asLong()).isEqualTo(6_200);
        assertThat(outage.path("gap_ms_by_region").path("east").asLong()).isEqualTo(6_300);
        assertThat(outage.at("/gap_ms_by_history/dns.jsonl").asLong()).isEqualTo(9_100);
        assertThat(outage.path("rate_back_ms").asLong()).isEqualTo(8_000);
        assertThat(outage.path("proofs").get(0).asString()).contains("before 31 ms");
        assertThat(text()).contains("longest gap 6200 ms", "rate back after 8000 ms");
    }

    @Test
    void bothTellWhatTheRunDidNotDo() {
        assertThat(json().path("tested_enough").asBoolean()).isFalse();
        assertThat(json().path("shortfalls").get(0).asString()).startsWith("0 unknown");
        assertThat(text())
                .contains("not enough: 0 unknown outcomes where 1 are needed")
                .endsWith("the run did too little to prove anything\n");
    }
}
