package dev.paygateway.client;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A payment card; its number and code never appear in {@link #toString}.
 *
 * @param number 12 to 19 digits, without blanks; the gateway checks the check digit
 * @param expMonth 1 to 12
 * @param expYear four digits
 * @param cvc three or four digits, if the holder gave them
 */
public record Card(String number, int expMonth, int expYear, Optional<String> cvc) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{12,19}");
    private static final int SHOWN_DIGITS = 4;

    public Card {
        if (!NUMBER.matcher(number).matches()) {
            throw new IllegalArgumentException("card.number: give 12 to 19 digits and no blanks");
        }
        if (expMonth < 1 || expMonth > 12) {
            throw new IllegalArgumentException(
                    "card.exp_month is %d: give 1 to 12".formatted(expMonth));
        }
    }

    public static Card of(String number, int expMonth, int expYear, String cvc) {
        return new Card(number, expMonth, expYear, Optional.of(cvc));
    }

    public String lastFour() {
        return number.substring(number.length() - SHOWN_DIGITS);
    }

    @Override
    public String toString() {
        return "Card[****%s %02d/%d]".formatted(lastFour(), expMonth, expYear);
    }
}
