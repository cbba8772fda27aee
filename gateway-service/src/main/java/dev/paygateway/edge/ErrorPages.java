package dev.paygateway.edge;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what the server sends to its error page, instead of Spring's own words for it. */
@RestController
final class ErrorPages implements ErrorController {
    /** For whoever asks for the error page itself. */
    private static final int NOT_FOUND = 404;

    private final Envelope envelope;

    ErrorPages(Envelope envelope) {
        this.envelope = envelope;
    }

    @RequestMapping("${spring.web.error.path:${error.path:/error}}")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var status =
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer error
                        ? error
                        : NOT_FOUND;
        var id = EdgeFilter.named(request).orElseGet(() -> envelope.seal(response));
        Answers.write(response, Problems.of(status), id);
    }
}
