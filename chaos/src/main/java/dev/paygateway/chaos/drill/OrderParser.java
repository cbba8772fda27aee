package dev.paygateway.chaos.drill;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads one line of a drill's block: {@code ./gateway WORDS}, and behind a hash what is expected of
 * it. A line that ends with an ampersand runs beside those that follow.
 */
final class OrderParser {
    private static final String LAUNCHER = "./gateway";
    private static final String BESIDE = "&";

    /** What a shell would understand and we would not. */
    private static final Pattern SHELL = Pattern.compile("[\"'`$;&|<>()*?\\\\~{}!\\[\\]]");

    private final Refusals refusals;

    /** Is told what is wrong with which line. */
    @FunctionalInterface
    interface Refusals {
        void refuse(int line, String what);
    }

    OrderParser(Refusals refusals) {
        this.refusals = refusals;
    }

    /** Nothing for an empty line, a comment, and what was refused. */
    Optional<Order> order(int line, String text) {
        var parts = text.strip().split("\\s+#\\s*", 2);
        if (parts[0].isBlank() || parts[0].startsWith("#")) {
            return Optional.empty();
        }
        var words = List.of(parts[0].split("\\s+", -1));
        if (!words.getFirst().equals(LAUNCHER) || words.size() < 2) {
            return refused(line, "a drill runs %s COMMAND and nothing else".formatted(LAUNCHER));
        }
        boolean beside = words.getLast().equals(BESIDE);
        var plain = words.subList(1, words.size() - (beside ? 1 : 0));
        if (SHELL.matcher(String.join(" ", plain).replace(Order.SEED, "")).find()) {
            return refused(line, "a drill knows no shell: plain words, and " + Order.SEED);
        }
        var expected =
                parts.length > 1 ? ExpectedParser.parse(parts[1]) : Optional.of(Expected.SUCCESS);
        if (expected.isEmpty()) {
            return refused(
                    line,
                    "\"%s\" expects nothing: give exits N, within TIME, shows WORD, not WORD, with"
                                    .formatted(parts[1])
                            + " commas");
        }
        if (beside && expected.get().within().isPresent()) {
            return refused(line, "what runs beside others is not repeated: no within");
        }
        return Optional.of(new Order(line, plain, expected.get(), beside));
    }

    private Optional<Order> refused(int line, String why) {
        refusals.refuse(line, why);
        return Optional.empty();
    }
}
