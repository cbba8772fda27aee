package dev.paygateway.chaos.acquirer.http;

import java.util.Map;
import java.util.Optional;

/**
 * One request, read whole.
 *
 * @param path the decoded-nothing path: percent-escapes are refused before it gets here
 * @param query parameters by name, each at most once
 * @param headers by lower-case name, each at most once
 * @param body UTF-8 text, empty if there was none
 */
public record HttpRequest(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        String body) {

    public HttpRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    boolean asksToClose() {
        return header("connection").map("close"::equalsIgnoreCase).orElse(false);
    }

    /** Names the request without its body or query, which may hold what no log should. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
