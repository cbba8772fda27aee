package dev.paygateway.client;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An amount in minor units of a currency: {@code Money.of(1099, "EUR")} is 10.99 euro.
 *
 * @param value minor units, 1 to 999,999,999,999
 * @param currency the ISO 4217 code, three capital letters
 */
public record Money(long value, String currency) {
    private static final long VALUE_MAX = 999_999_999_999L;
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    public Money {
        if (value < 1 || value > VALUE_MAX) {
            throw new IllegalArgumentException(
                    "amount.value is %d: give minor units from 1 to %d"
                            .formatted(value, VALUE_MAX));
        }
        if (!CURRENCY.matcher(currency).matches()) {
            throw new IllegalArgumentException(
                    "amount.currency is \"%s\": give three capital letters, e.g. EUR"
                            .formatted(currency.toUpperCase(Locale.ROOT)));
        }
    }

    public static Money of(long value, String currency) {
        return new Money(value, currency);
    }

    /** The same currency, another value. */
    public Money withValue(long other) {
        return new Money(other, currency);
    }
}
