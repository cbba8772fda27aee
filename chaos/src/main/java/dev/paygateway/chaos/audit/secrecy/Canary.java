package dev.paygateway.chaos.audit.secrecy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A text that must stand nowhere. What finds it may look for a part of it, and in other clothes.
 *
 * @param name what may be printed instead of it
 */
public record Canary(String name, String text) {
    /** Longer texts are told by their end, which for tokens is the signature. */
    private static final int LENGTH_MAX = 40;

    /** Shorter texts stand in every file by chance. */
    private static final int LENGTH_MIN = 6;

    private static final int CARD_GROUP = 4;

    public Canary {
        if (text.length() < LENGTH_MIN) {
            throw new IllegalArgumentException(
                    "canary " + name + " is too short to be found for sure: give " + LENGTH_MIN);
        }
    }

    /** The card numbers and codes that a load sends. */
    public static List<Canary> ofCard(String number, String code) {
        var ending = number.substring(number.length() - CARD_GROUP);
        var canaries = new ArrayList<Canary>();
        canaries.add(new Canary("card number ending " + ending, number));
        for (var separator : List.of(" ", "-")) {
            canaries.add(new Canary("card number ending " + ending, grouped(number, separator)));
        }
        for (var field : List.of("\"cvc\":\"", "\"cvc\": \"", "cvc=", "\"cvv\":\"")) {
            canaries.add(new Canary("card code", field + code));
        }
        return canaries;
    }

    private static String grouped(String number, String separator) {
        return number.replaceAll("(.{" + CARD_GROUP + "})(?!$)", "$1" + separator);
    }

    /** The text in every form in which it is looked for, by the name of the form. */
    Map<String, byte[]> forms() {
        var core = text.substring(Math.max(0, text.length() - LENGTH_MAX));
        var bytes = core.getBytes(StandardCharsets.UTF_8);
        var hex = HexFormat.of().formatHex(bytes);
        var forms = new LinkedHashMap<String, byte[]>();
        forms.put("plain", bytes);
        forms.put("hex", ascii(hex));
        forms.put("HEX", ascii(hex.toUpperCase(Locale.ROOT)));
        forms.put("url", ascii(percent(hex.toUpperCase(Locale.ROOT))));
        for (var shift = 0; shift < 3; shift++) {
            var encoded = base64(bytes, shift);
            forms.put("base64+" + shift, ascii(encoded));
            forms.put("base64url+" + shift, ascii(encoded.replace('+', '-').replace('/', '_')));
        }
        return forms;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String percent(String hex) {
        return hex.chars()
                .mapToObj(digit -> String.valueOf((char) digit))
                .collect(Collectors.joining())
                .replaceAll("(..)", "%$1");
    }

    /** The characters that are the same whatever stands before and behind the text. */
    private static String base64(byte[] bytes, int shift) {
        var shifted = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        var encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        var from = (shift * 8 + 5) / 6;
        var until = shifted.length * 8 / 6;
        return encoded.substring(from, until);
    }

    @Override
    public String toString() {
        return name;
    }
}
