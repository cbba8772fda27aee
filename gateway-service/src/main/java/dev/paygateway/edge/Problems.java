package dev.paygateway.edge;

import dev.paygateway.payment.Store;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Answers whatever could not be served. A bug is told to us in the log, never to a merchant. */
@RestControllerAdvice
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final UsedKeys used;

    Problems(UsedKeys used) {
        this.used = used;
    }

    /** Writes the problem that a failure amounts to. */
    @ExceptionHandler
    void answer(Exception failure, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var id = EdgeFilter.requestId(request);
        if (response.isCommitted()) {
            LOG.debug("request {} failed while its answer was sent", id, failure);
            return;
        }
        if (failure instanceof HttpRequestMethodNotSupportedException method) {
            allow(method.getSupportedMethods(), response);
        }
        var problem = asked(request, problem(failure));
        if (problem.code() == Code.TOO_LARGE || problem.code() == Code.REQUEST_TIMEOUT) {
            response.setHeader("Connection", "close"); // the rest of the body is not awaited
        }
        if (problem.code() == Code.OVERLOADED && isTriedAgain(request)) {
            response.setHeader(EdgeFilter.NO_MORE_TRIES, "true"); // two who are busy stand for all
        }
        Answers.write(response, problem, id);
    }

    /**
     * What is asked for once more after a silence may have been done the first time. A client says
     * so; of its own repeats Envoy does, by their number; some keys we know ourselves.
     */
    private Problem asked(HttpServletRequest request, Problem problem) {
        var key = request.getHeader(EdgeFilter.KEY);
        if (key == null || problem.retry() != Code.Retry.SAME_KEY) {
            return problem;
        }
        var isInDoubt =
                isTriedAgain(request)
                        || request.getHeader(EdgeFilter.UNANSWERED) != null
                        || isUsed(request, key);
        return isInDoubt ? problem.perhapsMoved() : problem;
    }

    private static boolean isTriedAgain(HttpServletRequest request) {
        var tried = request.getHeader(EdgeFilter.ATTEMPT);
        return tried != null && !tried.equals("1");
    }

    private boolean isUsed(HttpServletRequest request, String key) {
        return request.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller
                && used.contains(caller.merchant(), key);
    }

    private static void allow(
            String @org.jspecify.annotations.Nullable [] methods, HttpServletResponse response) {
        if (methods != null) {
            response.setHeader("Allow", String.join(", ", methods));
        }
    }

    private static Problem problem(Exception failure) {
        return switch (failure) {
            case Rejection rejection -> rejection.problem();
            case HttpRequestMethodNotSupportedException _ -> methodNotAllowed();
            case HttpMediaTypeNotSupportedException _ -> unsupportedMediaType();
            case NoResourceFoundException _, NoHandlerFoundException _ -> Refusals.notFound();
            case Store.Unavailable _ -> unavailable("The database cannot be reached now.");
            default -> {
                LOG.error("a request met a bug", failure);
                yield unavailable("The request could not be served.");
            }
        };
    }

    /** What an HTTP status set by the server itself amounts to. */
    static Problem of(int status) {
        return switch (status) {
            case 404 -> Refusals.notFound();
            case 405 -> methodNotAllowed();
            case 408 -> Problem.of(Code.REQUEST_TIMEOUT, "The request did not arrive in time.");
            case 413 -> Problem.of(Code.TOO_LARGE, "The request is too large.");
            case 414, 431 -> Problem.of(Code.HEADERS_TOO_LARGE, "The headers are too large.");
            case 415 -> unsupportedMediaType();
            default ->
                    status < 500 || status == 501 || status == 505
                            ? Problem.of(Code.INVALID_REQUEST, "This is not HTTP as we speak it.")
                            : unavailable("The request could not be served.");
        };
    }

    private static Problem methodNotAllowed() {
        return Problem.of(Code.METHOD_NOT_ALLOWED, "The address exists, the method does not.");
    }

    private static Problem unsupportedMediaType() {
        return Problem.of(
                Code.UNSUPPORTED_MEDIA_TYPE, "The body must be sent as application/json.");
    }

    private static Problem unavailable(String detail) {
        return Problem.of(Code.DATABASE_UNAVAILABLE, detail).after(SOON);
    }
}
