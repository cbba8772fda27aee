package dev.paygateway.edge;

import dev.paygateway.edge.RateLimits.Kind;
import dev.paygateway.edge.RateLimits.Standing;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Stands before everything: names the request, admits the caller, counts it, and answers whatever
 * fails in words that say whether money moved. Only headers that the caller cannot forge count.
 */
final class EdgeFilter implements Filter {
    static final String KEY = "Idempotency-Key";

    /** Sent by a client that repeats a request of which an earlier try got no answer. */
    static final String UNANSWERED = "Idempotency-Unanswered";

    /** Which of its tries this is, counted by Envoy from 1; sent by the mesh. */
    static final String ATTEMPT = "x-envoy-attempt-count";

    /** Tells Envoy to pass this refusal on, and not to try another instance. */
    static final String NO_MORE_TRIES = "x-envoy-ratelimited";

    static final String REPLAYED = "Idempotency-Replayed";

    private static final String REQUEST_ID = "dev.paygateway.request-id";
    private static final Pattern BEARER =
            Pattern.compile("Bearer +([A-Za-z0-9._-]{16,8192})", Pattern.CASE_INSENSITIVE);

    private final Tokens tokens;
    private final ShownCertificates certificates;
    private final RateLimits limits;
    private final Problems problems;
    private final Envelope envelope;

    EdgeFilter(
            Tokens tokens,
            ShownCertificates certificates,
            RateLimits limits,
            Problems problems,
            Envelope envelope) {
        this.tokens = tokens;
        this.certificates = certificates;
        this.limits = limits;
        this.problems = problems;
        this.envelope = envelope;
    }

    /** The name that this filter gave to the request. */
    static String requestId(ServletRequest request) {
        return named(request).orElseThrow();
    }

    /** The same; none if the request has not come this far. */
    static Optional<String> named(ServletRequest request) {
        return request.getAttribute(REQUEST_ID) instanceof String id
                ? Optional.of(id)
                : Optional.empty();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException {
        if (request instanceof HttpServletRequest call
                && response instanceof HttpServletResponse answer) {
            prepare(call, answer);
            try {
                admit(call, answer);
                chain.doFilter(call, answer);
            } catch (RuntimeException | ServletException failure) {
                problems.answer(failure, call, answer);
            }
        }
    }

    private void prepare(HttpServletRequest request, HttpServletResponse response) {
        request.setAttribute(REQUEST_ID, envelope.seal(response));
        show(limits.untouched(kind(request)), response);
        if (request.getMethod().equals("POST")) {
            var key = request.getHeader(KEY);
            if (key != null && Addresses.isKey(key)) {
                response.setHeader(KEY, key);
            }
            response.setHeader(REPLAYED, "false");
        }
    }

    private void admit(HttpServletRequest request, HttpServletResponse response) {
        var caller = tokens.admit(token(request), certificates.thumbprint(request));
        request.setAttribute(Caller.ATTRIBUTE, caller);
        var standing = limits.take(caller.merchant(), kind(request));
        show(standing, response);
        if (standing.isExceeded()) {
            throw new Rejection(
                    Problem.of(
                                    Code.RATE_LIMITED,
                                    "More than %d such requests a second; slow down."
                                            .formatted(standing.limit()))
                            .after(Duration.ofSeconds(seconds(standing.retryAfter()))));
        }
    }

    /** By the address as it is matched, not as it is written: decoded, without parameters. */
    private static Kind kind(HttpServletRequest request) {
        return switch (request.getMethod()) {
            case "GET", "HEAD" ->
                    Addresses.isList(request.getServletPath()) ? Kind.LIST : Kind.READ;
            default -> Kind.WRITE;
        };
    }

    private static String token(HttpServletRequest request) {
        var headers = Collections.list(request.getHeaders("Authorization"));
        var bearer = BEARER.matcher(headers.size() == 1 ? headers.getFirst() : "");
        if (!bearer.matches()) {
            throw Rejection.at(
                    "Authorization",
                    Code.UNAUTHENTICATED,
                    "Send one header Authorization: Bearer with your token.");
        }
        return bearer.group(1);
    }

    private static void show(Standing standing, HttpServletResponse response) {
        response.setHeader("RateLimit-Limit", Integer.toString(standing.limit()));
        response.setHeader("RateLimit-Remaining", Integer.toString(standing.remaining()));
        response.setHeader("RateLimit-Reset", Long.toString(seconds(standing.reset())));
    }

    /** Rounded up, so that who waits as told is let through. */
    private static long seconds(Duration duration) {
        return duration.plusMillis(999).toSeconds();
    }
}
