package dev.paygateway.edge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code x-forwarded-client-cert} as Envoy documents it, and nothing looser.
 *
 * <p>Elements stand between commas, one a proxy, the newest last; each is a list of {@code
 * key=value} between semicolons. Keys ignore case. A value in double quotes may hold the three
 * separators, and {@code \"} for a quote: splitting at commas first would let a subject such as
 * {@code O="A,Hash=.."} pose as an element of its own.
 */
final class ForwardedHeader {
    static final String NAME = "x-forwarded-client-cert";

    private static final int ELEMENTS_MAX = 4;
    private static final Set<String> KEYS =
            Set.of("by", "hash", "cert", "chain", "subject", "uri", "dns");

    private final String text;
    private int at;

    private ForwardedHeader(String text) {
        this.text = text;
    }

    /** The elements, the newest last; fails with 401 if it is not written as Envoy does. */
    static List<ForwardedElement> parse(String text) {
        var header = new ForwardedHeader(text);
        var elements = new ArrayList<ForwardedElement>();
        do {
            elements.add(header.element());
            if (elements.size() > ELEMENTS_MAX) {
                throw unreadable();
            }
        } while (header.skip(','));
        if (header.at < text.length()) {
            throw unreadable();
        }
        return elements;
    }

    private ForwardedElement element() {
        var fields = new LinkedHashMap<String, List<String>>();
        skipBlanks();
        do {
            pair(fields);
        } while (skip(';'));
        skipBlanks();
        return new ForwardedElement(fields);
    }

    private void pair(Map<String, List<String>> fields) {
        var equals = text.indexOf('=', at);
        if (equals < 0) {
            throw unreadable();
        }
        var key = text.substring(at, equals).toLowerCase(Locale.ROOT);
        if (!KEYS.contains(key)) {
            throw unreadable();
        }
        at = equals + 1;
        var value = skip('"') ? quoted() : plain();
        fields.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
    }

    /** Up to the closing quote, which is passed. */
    private String quoted() {
        var value = new StringBuilder();
        while (at < text.length()) {
            var next = text.charAt(at++);
            if (next == '"') {
                return value.toString();
            }
            if (next == '\\' && at < text.length()) {
                next = text.charAt(at++);
            }
            value.append(next);
        }
        throw unreadable();
    }

    private String plain() {
        var from = at;
        while (at < text.length() && ",;\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at).strip();
    }

    private boolean skip(char expected) {
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    static Rejection unreadable() {
        return Rejection.of(
                Code.CERTIFICATE_MISMATCH,
                "Our edge forwarded no client certificate that can be read; call again.");
    }
}
