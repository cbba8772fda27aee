package dev.paygateway.chaos.acquirer;

/**
 * Money in minor units.
 *
 * @param value never negative; zero only where an effect moved nothing
 * @param currency ISO 4217 letters
 */
record Amount(long value, String currency) {
    static final long VALUE_MAX = 999_999_999_999L;

    Amount {
        if (value < 0 || value > VALUE_MAX) {
            throw new IllegalArgumentException("amount out of bounds: " + value);
        }
    }

    Amount with(long otherValue) {
        return new Amount(otherValue, currency);
    }
}
