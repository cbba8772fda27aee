package dev.paygateway.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goal: the page of a drill needs nothing but itself and says what its JSON says.
 *
 * <p>Method: both are made of one report that never was; a red one must look red.
 */
final class ReportTest {
    private static final Pattern OUTSIDE = Pattern.compile("(src|href)=|url\\(|@import|<script");

    @TempDir private Path folder;

    @Test
    void isOnePageWithoutAnythingFromOutside() throws IOException {
        var page = Files.readString(ReportFiles.write(folder, Fixture.report(true)));
        assertThat(OUTSIDE.matcher(page).find()).isFalse();
        assertThat(page)
                .contains("badge good\">passed", "A region is lost", "seed 42", "10.11.19-MariaDB")
                .contains("RTO both 5.6 s", "RTO dns 9.2 s", "region-loss 50.0 s")
                .contains("acknowledged / s", "latency of a payment", "unknown outcomes / s")
                .contains("./gateway fault play chaos/experiments/region-loss.yaml")
                .contains("<b class=\"bad\">exit 0 instead of 1</b>", "not yet")
                .contains("15 s &amp; nothing", "then &lt;refused&gt;")
                .doesNotContain("<proved>", "badge bad");
    }

    @Test
    void showsWhatBroke() throws IOException {
        var page = Files.readString(ReportFiles.write(folder, Fixture.report(false)));
        assertThat(page)
                .contains("badge bad\">failed", "<b class=\"bad\">broken</b>")
                .contains("I1 pay_1: acknowledged and &lt;gone&gt;");
    }

    @Test
    void hasItsFiguresInJsonBesideIt() {
        var page = ReportFiles.write(folder, Fixture.report(true));
        assertThat(page.getParent()).hasFileName("region-loss-20261126T090000Z");
        var json = JsonMapper.shared().readTree(page.resolveSibling("report.json").toFile());
        assertThat(json.path("verdict").asString()).isEqualTo("passed");
        assertThat(json.at("/clients/1/rto_ms").asLong()).isEqualTo(9_200);
        assertThat(json.at("/clients/0/seconds")).hasSize(110);
        assertThat(json.at("/gates/0/measured").asString()).isEqualTo("5.6 s");
        assertThat(json.at("/faults/0/evidence").asString()).contains("<refused>");
        assertThat(json.at("/audit/invariants/1/state").asString()).isEqualTo("not yet");
        assertThat(json.at("/versions/galera").asString()).isEqualTo("26.4.23");
        assertThat(json.at("/audit/outages/0/gap_ms").asLong()).isEqualTo(5_480);
        assertThat(json.path("seed").asLong()).isEqualTo(42);
    }

    /** CI looks for these very letters before it plays a drill once more. */
    @Test
    void tellsWhetherOnlySecondsWereMissed() {
        var late = new GateResult("RTO, client both", "<= 15.0 s", "15.1 s", false, true);
        var report = Fixture.report(true);
        assertThat(ReportJson.of(report)).contains("\"missed_only_time\" : false");
        assertThat(ReportJson.of(Fixture.report(false))).contains("\"missed_only_time\" : false");
        assertThat(ReportJson.of(Fixture.with(report, late)))
                .contains("\"missed_only_time\" : true");
    }

    @Test
    void drawsEveryCurveInsideTheDrawing() {
        var svg = TimeLine.of(Fixture.report(true));
        assertThat(svg.split("<polyline", -1)).hasSize(1 + 2 * 3);
        assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity");
        Pattern.compile("[ \"](-?[0-9.]+),(-?[0-9.]+)")
                .matcher(svg)
                .results()
                .forEach(it -> assertThat(Double.parseDouble(it.group(1))).isBetween(0.0, 1_000.0));
    }
}
