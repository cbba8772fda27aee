package dev.paygateway.edge;

import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;

/** What is on every answer, whoever gives it. */
final class Envelope {
    private final Supplier<String> requestIds;
    private final String region;

    Envelope(Supplier<String> requestIds, String region) {
        this.requestIds = requestIds;
        this.region = region;
    }

    /** Names the request and says so in the answer's headers. */
    String seal(HttpServletResponse response) {
        var id = requestIds.get();
        response.setHeader("Request-Id", id);
        response.setHeader("Gateway-Region", region);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        return id;
    }
}
