package dev.paygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.validator.routines.checkdigit.CheckDigitException;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: what can be charged as a card can be kept nowhere else, and ordinary names can be kept.
 *
 * <p>Method: numbers and names drawn from a seed, and single ones of every shape.
 */
class CardNumbersTest {
    private static final long SEED = 20_261_130;
    private static final int DRAWN = 20_000;

    private final Random dice = new Random(SEED);

    private Stream<String> numbers() {
        return IntStream.range(0, DRAWN).mapToObj(_ -> number(12 + dice.nextInt(7)));
    }

    private String number(int length) {
        var digits = new StringBuilder();
        dice.ints(length, 0, 10).forEach(digits::append);
        try {
            return digits + LuhnCheckDigit.LUHN_CHECK_DIGIT.calculate(digits.toString());
        } catch (CheckDigitException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void findsEveryNumberThatCanBeCharged() {
        var cards = numbers().filter(CardNumbers::isValid).toList();
        assertThat(cards).as("seed %d", SEED).hasSizeGreaterThan(DRAWN / 3);
        assertThat(cards).allMatch(CardNumbers::isHeldBy);
        assertThat(cards).allMatch(card -> CardNumbers.isHeldBy("a " + card + " b"));
        assertThat(cards)
                .allMatch(card -> CardNumbers.isHeldBy(card.replaceAll("(.{4})(?=.)", "$1-")));
        assertThat(cards).allMatch(card -> !Addresses.isKey("order-" + card));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4242424242424242",
                "4242-4242-4242-4242",
                "order_4242_4242_4242_4242_1",
                "2221000000000009-pay",
                "pay-2200000000000004",
                "6011000000000000126"
            })
    void takesNoCardForAKey(String key) {
        assertThat(Addresses.isKey(key)).isFalse();
    }

    /** All but the first end in a right check digit. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "order-1234567890123456",
                "order-1234567890123452",
                "order-1732940000000000000",
                "order-20261130123452--",
                "order-9792000000000003",
                "14242424242424242",
                "sha-a4242424242424242f"
            })
    void takesOtherNumbersForKeys(String key) {
        assertThat(Addresses.isKey(key)).isTrue();
    }

    @Test
    void takesClocksAndUuidsForKeys() {
        var start = Instant.parse("2026-11-30T00:00:00Z").getEpochSecond() * 1_000_000_000;
        for (var draw = 0; draw < DRAWN; draw++) {
            var clock = start + dice.nextLong(1_000_000_000_000L);
            assertThat(Addresses.isKey("first-payment-" + clock)).isTrue();
            assertThat(CardNumbers.isHeldBy("order-" + clock)).isFalse();
            var bytes = new byte[16];
            dice.nextBytes(bytes);
            var uuid = UUID.nameUUIDFromBytes(bytes).toString();
            assertThat(Addresses.isKey(uuid)).as(uuid).isTrue();
            assertThat(Addresses.isKey(uuid.replace("-", ""))).as(uuid).isTrue();
        }
    }
}
