package dev.paygateway.client;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name of one intended effect: every repeat of it carries the same key, and it happens once.
 *
 * <p>Keep it with the order before the first try: after a crash of your own program the same key
 * finds the payment again.
 *
 * @param value 16 to 128 of {@code A-Z a-z 0-9 _ -}
 */
public record IdempotencyKey(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{16,128}");

    public IdempotencyKey {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "idempotency key \"%s\": give 16 to 128 of A-Z a-z 0-9 _ -".formatted(value));
        }
    }

    public static IdempotencyKey of(String value) {
        return new IdempotencyKey(value);
    }

    public static IdempotencyKey random() {
        return new IdempotencyKey(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
