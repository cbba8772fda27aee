package dev.paygateway.chaos.load;

import dev.paygateway.client.Money;
import java.math.BigDecimal;
import java.util.Currency;

/** Turns an amount as people write it into minor units. */
final class Price {
    private Price() {}

    /**
     * Reads {@code 12.34} and {@code CNY}.
     *
     * @throws IllegalArgumentException no number, no currency, or more decimals than it has; the
     *     message says what to give
     */
    static Money read(String decimal, String code) {
        var currency = currency(code);
        int digits = currency.getDefaultFractionDigits();
        try {
            return Money.of(new BigDecimal(decimal).movePointRight(digits).longValueExact(), code);
        } catch (NumberFormatException notOne) {
            throw new IllegalArgumentException(
                    "amount \"%s\" is no number: give e.g. 12.34".formatted(decimal), notOne);
        } catch (ArithmeticException tooFine) {
            throw new IllegalArgumentException(
                    "amount %s: %s has %d decimals".formatted(decimal, code, digits), tooFine);
        }
    }

    static String write(Money money) {
        int digits = currency(money.currency()).getDefaultFractionDigits();
        return minor(money.value(), digits) + " " + money.currency();
    }

    /** Minor units of the same currency as {@code like}, without its code. */
    static String write(long value, Money like) {
        return minor(value, currency(like.currency()).getDefaultFractionDigits());
    }

    private static String minor(long value, int digits) {
        return BigDecimal.valueOf(value, Math.max(0, digits)).toPlainString();
    }

    private static Currency currency(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "currency \"%s\": give an ISO 4217 code, e.g. CNY".formatted(code), unknown);
        }
    }
}
