package dev.paygateway.chaos.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.kube.Told.Answer;
import dev.paygateway.chaos.kube.Told.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: of an outage those answers are judged that could know, and recovery is the first payment.
 *
 * <p>Method: a history of a few lines, as a load writes them, around an outage from 100 to 200.
 */
class ToldTest {
    private static final Span AWAY = new Span(100, 200);

    @TempDir private Path scratch;

    private Told told(String... lines) throws IOException {
        return Told.in(Files.write(scratch.resolve("history.jsonl"), List.of(lines)));
    }

    private static String sent(int call, String key, int nanos) {
        return """
        {"type":"invoke","call":%d,"mono_ns":%d,"op":"pay","key":"%s","payment":null}\
        """
                .formatted(call, nanos, key);
    }

    private static String answered(int call, int nanos, int http, String moneyMoved) {
        return """
        {"type":"info","call":%d,"mono_ns":%d,"op":"pay","key":"k","http":%d,"money_moved":"%s"}\
        """
                .formatted(call, nanos, http, moneyMoved);
    }

    @Test
    void judgesWhatWasSentMeanwhileWithANewKey() throws IOException {
        var told =
                told(
                        sent(1, "before", 90),
                        answered(1, 110, 503, "unknown"),
                        sent(2, "meanwhile", 120),
                        answered(2, 130, 503, "no"),
                        sent(3, "before", 140),
                        answered(3, 150, 503, "unknown"),
                        sent(4, "wrong", 199),
                        sent(5, "after", 201),
                        answered(4, 220, 503, "unknown"),
                        answered(5, 230, 500, "unknown"));
        assertThat(told.refused(AWAY))
                .containsExactly(
                        new Answer(120, 130, true, 503, "no"),
                        new Answer(199, 220, true, 503, "unknown"));
        assertThat(told.refused(AWAY).stream().map(answer -> answer.says(503, "no")))
                .containsExactly(true, false);
    }

    @Test
    void knowsTheFirstPaymentAfterwards() throws IOException {
        var told =
                told(
                        sent(1, "before", 90),
                        answered(1, 99, 201, "yes"),
                        sent(2, "long", 150),
                        answered(2, 210, 201, "yes"),
                        sent(3, "later", 215),
                        answered(3, 220, 201, "yes"));
        assertThat(told.approvedAfter(200)).map(Answer::came).hasValue(210L);
        assertThat(told.approvedAfter(220)).isEmpty();
    }

    @Test
    void readsSilenceReadsAndALineThatIsNotWholeYet() throws IOException {
        var lines =
                """
                {"type":"run","versions":{"java":"25"}}
                {"type":"invoke","call":1,"mono_ns":110,"op":"pay","key":"a"}
                {"type":"info","call":1,"mono_ns":150,"op":"pay","http":null,"money_moved":null}
                {"type":"invoke","call":2,"mono_ns":160,"op":"get","key":null}
                {"type":"info","call":2,"mono_ns":170,"op":"get","http":500}
                {"type":"invoke","call":3,"mono\
                """;
        var told = told(lines.split("\n", -1));
        assertThat(told.answers()).containsExactly(new Answer(110, 150, true, 0, ""));
        assertThat(told.refused(AWAY)).isEmpty();
    }
}
