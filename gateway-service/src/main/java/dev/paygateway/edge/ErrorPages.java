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
    @RequestMapping("${spring.web.error.path:${error.path:/error}}")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var isError = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer;
        var status =
                isError ? (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) : 404;
        Answers.write(response, Problems.of(status), EdgeFilter.requestId(request));
    }
}
