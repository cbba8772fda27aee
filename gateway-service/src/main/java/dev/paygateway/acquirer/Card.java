package dev.paygateway.acquirer;

import dev.paygateway.payment.Acquirer;
import dev.paygateway.payment.Payment.CardSummary;
import java.util.Optional;
import java.util.regex.Pattern;

/** A card to be charged. Its number and CVC leave this package only towards an acquirer. */
public final class Card implements Acquirer.Instrument {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{13,19}");
    private static final int BIN_LENGTH = 6;
    private static final int LAST_LENGTH = 4;

    private final String number;
    private final int expiryMonth;
    private final int expiryYear;
    private final Optional<String> cvc;

    /**
     * A card whose number, expiry and CVC were checked where they came in.
     *
     * @param number 13 to 19 ASCII digits
     * @param expiryMonth 1 to 12
     * @param expiryYear four digits
     * @param cvc 3 or 4 digits
     */
    public Card(String number, int expiryMonth, int expiryYear, Optional<String> cvc) {
        if (!NUMBER.matcher(number).matches()) {
            throw new IllegalArgumentException(
                    "a card number has 13 to 19 digits and nothing else");
        }
        this.number = number;
        this.expiryMonth = expiryMonth;
        this.expiryYear = expiryYear;
        this.cvc = cvc;
    }

    @Override
    public CardSummary summary() {
        return new CardSummary(
                brand(),
                number.substring(0, BIN_LENGTH),
                number.substring(number.length() - LAST_LENGTH),
                expiryMonth,
                expiryYear);
    }

    /** True if the text holds the number, whatever stands between and around its digits. */
    public boolean isHeldBy(String text) {
        var digits = new StringBuilder();
        text.codePoints()
                .map(character -> Character.digit(character, 10))
                .filter(digit -> digit >= 0)
                .forEach(digits::append);
        return digits.indexOf(number) >= 0;
    }

    String number() {
        return number;
    }

    int expiryMonth() {
        return expiryMonth;
    }

    int expiryYear() {
        return expiryYear;
    }

    Optional<String> cvc() {
        return cvc;
    }

    private String brand() {
        if (number.startsWith("4")) {
            return "visa";
        }
        if (startsWithin(51, 55) || startsWithin(2221, 2720)) {
            return "mastercard";
        }
        if (number.startsWith("34") || number.startsWith("37")) {
            return "amex";
        }
        if (number.startsWith("62")) {
            return "unionpay";
        }
        if (startsWithin(3528, 3589)) {
            return "jcb";
        }
        if (number.startsWith("6011") || startsWithin(644, 649) || number.startsWith("65")) {
            return "discover";
        }
        return "unknown";
    }

    /** Both bounds included; they have the same count of digits. */
    private boolean startsWithin(int first, int last) {
        var length = Integer.toString(first).length();
        var prefix = Integer.parseInt(number.substring(0, length));
        return first <= prefix && prefix <= last;
    }

    /** Never the number. */
    @Override
    public String toString() {
        return "Card[%s ...%s]".formatted(brand(), summary().last4());
    }
}
