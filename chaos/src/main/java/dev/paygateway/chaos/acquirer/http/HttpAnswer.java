package dev.paygateway.chaos.acquirer.http;

import java.nio.charset.StandardCharsets;

/** An answer with a JSON body. */
public record HttpAnswer(int status, String body) {

    /** The bytes on the wire, length included; {@code last} announces the end of the connection. */
    byte[] encoded(boolean last) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        var head =
                "HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n"
                        .formatted(status, reason(), length, last ? "Connection: close\r\n" : "");
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    private String reason() {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 411 -> "Length Required";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 417 -> "Expectation Failed";
            case 422 -> "Unprocessable Content";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            case 505 -> "HTTP Version Not Supported";
            default -> "Status";
        };
    }
}
