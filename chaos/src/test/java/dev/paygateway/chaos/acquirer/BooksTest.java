package dev.paygateway.chaos.acquirer;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: the books outlive their process, and are refused when they are not what we wrote.
 *
 * <p>Method: a desk on a real file, closed and opened again after the file was damaged.
 */
class BooksTest {
    private static final Temper TEMPER = new Temper(true, 7, Duration.ofSeconds(10));
    private static final String VISA = "4242424242424242";

    @TempDir private Path folder;
    private final SteppedClock clock = new SteppedClock();

    private Path file() {
        return folder.resolve("books.jsonl");
    }

    private List<String> after(Call... calls) throws IOException {
        try (var desk = Desk.open(file(), "amber", TEMPER, clock)) {
            for (var call : calls) {
                desk.perform(call);
            }
        }
        return Files.readAllLines(file());
    }

    @Test
    void writesTheLinesThatTheAuditorReads() throws IOException {
        var lines = after(LedgerTest.authorize("op_a", VISA, true), LedgerTest.refund("op_r", 5));
        assertThat(lines)
                .containsExactly(
                        """
                        {"n":1,"at":"2026-11-24T02:00:00.123Z","entry":"request","acquirer":"amber","call":"authorize","reference":"op_a","original":null,"merchant_account":"acct_m_demo1","amount":1000,"currency":"EUR","capture":true,"card_last4":"4242"}\
                        """,
                        """
                        {"n":2,"at":"2026-11-24T02:00:00.123Z","entry":"effect","acquirer":"amber","effect":"authorized","reference":"op_a","original":null,"merchant_account":"acct_m_demo1","amount":1000,"currency":"EUR"}\
                        """,
                        """
                        {"n":3,"at":"2026-11-24T02:00:00.123Z","entry":"effect","acquirer":"amber","effect":"captured","reference":"op_a","original":null,"merchant_account":"acct_m_demo1","amount":1000,"currency":"EUR"}\
                        """,
                        """
                        {"n":4,"at":"2026-11-24T02:00:00.123Z","entry":"request","acquirer":"amber","call":"refund","reference":"op_r","original":"op_a","merchant_account":"acct_m_demo1","amount":5,"currency":"EUR","capture":null,"card_last4":null}\
                        """,
                        """
                        {"n":5,"at":"2026-11-24T02:00:00.123Z","entry":"effect","acquirer":"amber","effect":"refunded","reference":"op_r","original":"op_a","merchant_account":"acct_m_demo1","amount":5,"currency":"EUR"}\
                        """);
    }

    @Test
    void cutsOffATornLastLineAndGoesOn() throws IOException {
        var before = after(LedgerTest.hold("op_a", VISA));
        Files.writeString(file(), "{\"n\":3,\"at\":\"" + "x".repeat(900), APPEND);
        var lines = after(LedgerTest.capture("op_c", 10));
        assertThat(lines.subList(0, 2)).isEqualTo(before);
        assertThat(lines).hasSize(4);
        assertThat(lines.get(2)).startsWith("{\"n\":3,").contains("\"reference\":\"op_c\"");
    }

    @Test
    void booksAReturnThatFellDueWhileItWasAway() throws IOException {
        after(LedgerTest.authorize("op_a", "4000000000050510", true), LedgerTest.refund("op_r", 5));
        clock.step(Duration.ofMinutes(1));
        assertThat(after().getLast()).contains("refund_returned", "\"reference\":\"op_r\"");
        assertThat(after()).hasSize(6);
    }

    @Test
    void completesAnAuthorisationTornFromItsCapture() throws IOException {
        var whole = after(LedgerTest.authorize("op_a", VISA, true));
        Files.write(file(), whole.subList(0, 2));
        assertThat(after()).isEqualTo(whole);
    }

    /** A repeat asks again before the acquirer dies: its line alone frees nothing. */
    @Test
    void completesAFinalCaptureTornFromItsRelease() throws IOException {
        after(LedgerTest.hold("op_a", VISA), LedgerTest.capture("op_b", 10));
        var whole = after(LedgerTest.captureAsLast("op_c", 20));
        assertThat(whole.getLast())
                .contains("\"effect\":\"released\"", "\"reference\":\"op_c\"", "\"amount\":970");
        Files.write(file(), whole.subList(0, whole.size() - 1));
        assertThat(after()).isEqualTo(whole);
        assertThat(after(LedgerTest.captureAsLast("op_c", 20))).hasSize(whole.size() + 1);
        assertThat(after(LedgerTest.captureAsLast("op_b", 10))).hasSize(whole.size() + 2);
        assertThat(after()).hasSize(whole.size() + 2);
    }

    @Test
    void readsACaptureBookedBeforeThereWereFinalOnes() throws IOException {
        var lines = after(LedgerTest.hold("op_a", VISA), LedgerTest.capture("op_c", 10));
        assertThat(lines).noneMatch(line -> line.contains("final"));
        assertThat(after(LedgerTest.captureAsLast("op_d", 10))).last().asString().contains("980");
    }

    @Test
    void refusesALineThatIsWrongInTheMiddle() throws IOException {
        var whole = after(LedgerTest.hold("op_a", VISA), LedgerTest.capture("op_c", 10));
        Files.write(file(), List.of(whole.get(0), "{}", whole.get(2), whole.get(3)));
        assertRefused("line 2: n: is missing");
        Files.write(file(), List.of(whole.get(0), whole.get(1), whole.get(3)));
        assertRefused("line 3: n: expected 3, found 4");
        Files.writeString(file(), "x".repeat(5000));
        assertRefused("line 1: longer than 4096 bytes");
    }

    @Test
    void refusesTheBooksOfAnotherAcquirer() throws IOException {
        after(LedgerTest.hold("op_a", VISA));
        assertThatThrownBy(() -> Desk.open(file(), "basalt", TEMPER, clock).close())
                .hasMessageContaining("these are the books of amber, not basalt");
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        var file = folder.resolve("nowhere/books.jsonl");
        assertThatThrownBy(() -> Desk.open(file, "amber", TEMPER, clock).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nowhere/books.jsonl: its folder does not exist");
    }

    private void assertRefused(String problem) {
        assertThatThrownBy(this::after)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(problem)
                .hasMessageContaining(file().toString());
    }
}
