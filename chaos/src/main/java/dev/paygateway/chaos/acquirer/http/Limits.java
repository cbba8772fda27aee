package dev.paygateway.chaos.acquirer.http;

import java.time.Duration;

/**
 * Every bound of the server.
 *
 * @param connectionsMax open connections; further ones wait in the listen queue
 * @param headBytesMax request line and headers together
 * @param headersMax header lines
 * @param bodyBytesMax the body
 * @param handshakeMax for the TLS handshake
 * @param requestMax from a request's first byte to its last
 * @param idleMax between two requests of a connection; longer than clients keep idle ones (a usual
 *     pool: 3 minutes), or a request would now and then meet a connection that is just closing
 */
public record Limits(
        int connectionsMax,
        int headBytesMax,
        int headersMax,
        int bodyBytesMax,
        Duration handshakeMax,
        Duration requestMax,
        Duration idleMax) {

    public static Limits standard() {
        return new Limits(
                1024,
                8 * 1024,
                64,
                16 * 1024,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofMinutes(5));
    }
}
