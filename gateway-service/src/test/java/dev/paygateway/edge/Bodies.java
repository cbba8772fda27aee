package dev.paygateway.edge;

import java.util.Map;
import java.util.UUID;

/** Request bodies that are right, for tests to break. */
final class Bodies {
    static final String CARD = "4242424242424242";
    private static final Map<String, String> CARDS =
            Map.ofEntries(
                    Map.entry("4242", CARD),
                    Map.entry("0002", "4000000000000002"),
                    Map.entry("9995", "4000000000009995"),
                    Map.entry("0069", "4000000000000069"),
                    Map.entry("0127", "4000000000000127"),
                    Map.entry("3184", "4000000000043184"),
                    Map.entry("0259", "4000000000000259"),
                    Map.entry("0500", "4000000000070500"),
                    Map.entry("0501", "4000000000060501"),
                    Map.entry("0504", "4000000000030504"));

    private Bodies() {}

    static String newReference() {
        return "order-" + UUID.randomUUID().toString().replaceAll("[0-9]", "x");
    }

    /** A payment of 10.99 EUR with the sandbox card that ends like this. */
    static String pay(String last4) {
        return pay(last4, "automatic", "");
    }

    static String pay(String last4, String capture, String more) {
        return pay(last4, capture, newReference(), more);
    }

    static String pay(String last4, String capture, String reference, String more) {
        return """
        {"amount":{"value":1099,"currency":"EUR"},"reference":"%s","capture":"%s",
         "payment_method":{"card":{"number":"%s","exp_month":12,"exp_year":2030,"cvc":"123"}}%s}
        """
                .formatted(reference, capture, CARDS.get(last4), more);
    }

    static String amount(long value) {
        return "{\"amount\":{\"value\":%d,\"currency\":\"EUR\"}}".formatted(value);
    }
}
