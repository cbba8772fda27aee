package dev.paygateway.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paygateway.payment.Answer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Puts answers on the wire. */
final class Answers {
    private static final int ERROR_MIN = 400;

    private Answers() {}

    static ResponseEntity.BodyBuilder of(Answer answer) {
        return ResponseEntity.status(answer.status()).contentType(type(answer.status()));
    }

    static ResponseEntity<byte[]> ok(String json) {
        var answer = new Answer(200, json);
        return of(answer).body(bytes(json));
    }

    static byte[] bytes(String json) {
        return json.getBytes(UTF_8);
    }

    /** Writes a problem without Spring's help, for whatever fails outside of its controllers. */
    static void write(HttpServletResponse response, Problem problem, String requestId)
            throws IOException {
        var body = bytes(problem.toJson(requestId));
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        problem.retryAfter().ifPresent(wait -> response.setHeader("Retry-After", seconds(wait)));
        if (problem.status() == Code.UNAUTHENTICATED.status()) {
            response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static String seconds(Duration wait) {
        return Long.toString(wait.toSeconds());
    }

    private static MediaType type(int status) {
        return status < ERROR_MIN ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_PROBLEM_JSON;
    }
}
