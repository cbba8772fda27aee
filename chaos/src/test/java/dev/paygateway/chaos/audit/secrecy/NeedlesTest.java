package dev.paygateway.chaos.audit.secrecy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Goal: a secret is found where all of it stands, and nowhere else.
 *
 * <p>Method: hundreds of card numbers that share most of their digits, so that the search's table
 * grows several times; each is looked for whole, and without its first digit.
 */
final class NeedlesTest {
    private static final long FIRST = 4_242_424_242_424_242L;

    private static final List<String> NUMBERS =
            IntStream.range(0, 500).mapToObj(at -> Long.toString(FIRST + 10_007L * at)).toList();

    private final Needles needles =
            new Needles(NUMBERS.stream().map(each -> new Canary("card", each)).toList());

    @Test
    void findEachNumber() {
        assertThat(NUMBERS).allMatch(this::isFound);
    }

    @Test
    void findNoPartOfANumber() {
        assertThat(NUMBERS).noneMatch(number -> isFound("visa" + number.substring(1)));
    }

    private boolean isFound(String text) {
        var state = Needles.START;
        for (var read : text.getBytes(StandardCharsets.US_ASCII)) {
            state = needles.after(state, read);
            if (needles.isHit(state)) {
                return true;
            }
        }
        return false;
    }
}
