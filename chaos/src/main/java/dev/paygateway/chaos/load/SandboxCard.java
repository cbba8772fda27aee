package dev.paygateway.chaos.load;

import dev.paygateway.client.Card;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sandbox's cards; the last four digits say what the acquirer does (api.md, section 7).
 *
 * <p>The weights are out of 1000 payments. The faulty cards are few, since a real acquirer that
 * failed more often would rightly be cut off by the breaker; at 50 payments a second each of them
 * still comes up 75 times in five minutes.
 */
public enum SandboxCard {
    OK("4242424242424242", 800, Nature.ORDINARY),
    GENERIC_DECLINE("4000000000000002", 30, Nature.ORDINARY),
    INSUFFICIENT_FUNDS("4000000000009995", 30, Nature.ORDINARY),
    EXPIRED("4000000000000069", 20, Nature.ORDINARY),
    INCORRECT_CVC("4000000000000127", 20, Nature.ORDINARY),
    CHALLENGE("4000000000043184", 5, Nature.ORDINARY),
    DISPUTE("4000000000000259", 5, Nature.ORDINARY),
    ERROR_CHARGED("4000000000070500", 7, Nature.FAULTY),
    ERROR_NOT_CHARGED("4000000000060501", 7, Nature.FAULTY),
    TIMEOUT_CHARGED("4000000000030504", 7, Nature.FAULTY),
    TIMEOUT_NOT_CHARGED("4000000000020505", 7, Nature.FAULTY),
    RESET_CHARGED("4000000000010506", 7, Nature.FAULTY),
    LATE_ANSWER("4000000000000507", 5, Nature.FAULTY),
    ANSWERED_TWICE("4000000000090508", 10, Nature.ORDINARY),
    INVISIBLE("4000000000080509", 5, Nature.FAULTY),
    REFUND_RETURNED("4000000000050510", 20, Nature.ORDINARY),
    CASCADE("4000000000040511", 15, Nature.ORDINARY);

    private static final int EXP_MONTH = 12;
    private static final int EXP_YEAR = 2030;
    private static final String CVC = "123";

    private final String number;
    private final int weight;
    private final Nature nature;

    /** Whether a payment may stay unknown because of the card alone. */
    enum Nature {
        ORDINARY,
        FAULTY
    }

    SandboxCard(String number, int weight, Nature nature) {
        this.number = number;
        this.weight = weight;
        this.nature = nature;
    }

    /**
     * Finds a card by its number or by its last four digits.
     *
     * @throws IllegalArgumentException it is none of the sandbox's; the message lists them
     */
    public static SandboxCard named(String numberOrLastFour) {
        var wanted = numberOrLastFour.replace(" ", "");
        return find(wanted)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "card ending %s is none of the sandbox's: give one of %s"
                                        .formatted(lastFour(wanted), allLastFour())));
    }

    public String lastFour() {
        return lastFour(number);
    }

    public Card card() {
        return Card.of(number, EXP_MONTH, EXP_YEAR, CVC);
    }

    /** E.g. {@code reset charged}. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    int weight() {
        return weight;
    }

    boolean faulty() {
        return nature == Nature.FAULTY;
    }

    private static Optional<SandboxCard> find(String wanted) {
        return Stream.of(values())
                .filter(card -> card.number.equals(wanted) || card.lastFour().equals(wanted))
                .findAny();
    }

    private static String lastFour(String number) {
        return number.substring(Math.max(0, number.length() - 4));
    }

    private static String allLastFour() {
        return Arrays.stream(values()).map(SandboxCard::lastFour).collect(Collectors.joining(", "));
    }
}
