package dev.paygateway.client;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How one HTTP request ended. */
public sealed interface Exchange {
    /**
     * An answer arrived whole.
     *
     * @param headers by lower-case name
     * @param body the bytes as received
     */
    @SuppressWarnings("ArrayRecordComponent") // digests are made of these very bytes
    record Answered(int status, Map<String, String> headers, byte[] body) implements Exchange {
        public Answered {
            headers = Map.copyOf(headers);
        }

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /**
     * No whole answer.
     *
     * @param unsent the request provably never left: no connection, no name, no handshake
     * @param error the kind in a few words, e.g. {@code timeout}
     * @param cause what was thrown
     */
    record Silent(boolean unsent, String error, Exception cause) implements Exchange {}
}
