package dev.paygateway.edge;

/** Checks texts that are stored and shown. */
final class Texts {
    private Texts() {}

    /** A text of 1 to {@code lengthMax} characters, without blanks around it. */
    static String printable(Fields fields, String name, int lengthMax) {
        var text = fields.text(name);
        if (!text.equals(text.strip())) {
            throw fields.invalid(name, "There may be no blanks around it.");
        }
        if (text.isEmpty()) {
            throw fields.invalid(name, "It must not be empty.");
        }
        check(fields, name, text, lengthMax);
        return text;
    }

    /** Printable characters only, not too many of them, and no card number among them. */
    static void check(Fields fields, String name, String text, int lengthMax) {
        if (text.codePointCount(0, text.length()) > lengthMax) {
            throw fields.invalid(
                    name, "Something in it is longer than %d characters.".formatted(lengthMax));
        }
        if (!text.codePoints().allMatch(Texts::isPrintable)) {
            throw fields.invalid(name, "It may hold printable characters only.");
        }
        if (CardNumbers.isHeldBy(text)) {
            throw cardIn(fields, name);
        }
    }

    static Rejection cardIn(Fields fields, String name) {
        return fields.refusal(
                name,
                Code.PAN_IN_METADATA,
                "It holds what may be a card number, which must not be stored here.");
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
