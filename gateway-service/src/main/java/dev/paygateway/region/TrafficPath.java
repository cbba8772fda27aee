package dev.paygateway.region;

import dev.paygateway.payment.Store.Unavailable;
import dev.paygateway.payment.Time;
import dev.paygateway.store.RegionShares.Share;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * {@code /region/traffic} on the management port: GET tells every region's share of its traffic,
 * POST with {@code ?region=east&weight=10} sets one, in the whole cluster, from any instance. Only
 * an operator's certificate may set.
 */
final class TrafficPath implements Filter {
    static final String PATH = "/region/traffic";

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final Pattern WEIGHT = Pattern.compile("\\d{1,2}|100");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,16}");

    private final Traffic traffic;
    private final Time time;
    private final List<String> operators;

    TrafficPath(Traffic traffic, Time time, List<String> operators) {
        this.traffic = traffic;
        this.time = time;
        this.operators = List.copyOf(operators);
    }

    /** Nothing stands behind it: every request ends here. */
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException {
        if (request instanceof HttpServletRequest call
                && response instanceof HttpServletResponse answer) {
            switch (call.getMethod()) {
                case "GET" -> get(answer);
                case "POST" -> post(call, answer);
                default ->
                        answer(
                                answer,
                                HttpServletResponse.SC_METHOD_NOT_ALLOWED,
                                "{\"error\":\"GET or POST\"}");
            }
        }
    }

    private void get(HttpServletResponse response) throws IOException {
        try {
            answer(response, HttpServletResponse.SC_OK, json(traffic.all()));
        } catch (Unavailable _) {
            away(response);
        }
    }

    private void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var who = name(request).filter(operators::contains);
        var region = Optional.ofNullable(request.getParameter("region"));
        var weight = Optional.ofNullable(request.getParameter("weight"));
        if (who.isEmpty()) {
            answer(response, HttpServletResponse.SC_FORBIDDEN, "{\"error\":\"operators only\"}");
        } else if (!region.filter(REGION.asMatchPredicate()).isPresent()
                || !weight.filter(WEIGHT.asMatchPredicate()).isPresent()) {
            answer(
                    response,
                    HttpServletResponse.SC_BAD_REQUEST,
                    "{\"error\":\"give region=NAME&weight=0 to 100\"}");
        } else {
            set(
                    new Share(region.get(), Integer.parseInt(weight.get()), who.get(), time.now()),
                    response);
        }
    }

    private void set(Share share, HttpServletResponse response) throws IOException {
        try {
            traffic.set(share);
            answer(response, HttpServletResponse.SC_OK, json(traffic.all()));
        } catch (Unavailable _) {
            away(response);
        }
    }

    private static void away(HttpServletResponse response) throws IOException {
        response.setHeader("Retry-After", "1");
        answer(
                response,
                HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                "{\"error\":\"the database cannot be reached; look, then set it again\"}");
    }

    /** No text in it can hold a quote: names are of letters, who set it was in our own list. */
    private static String json(List<Share> shares) {
        return shares.stream()
                .map(share ->
                        "{\"region\":\"%s\",\"weight\":%d,\"by\":\"%s\",\"at\":\"%s\"}"
                                .formatted(share.region(), share.weight(), share.by(), share.at()))
                .collect(Collectors.joining(",", "{\"shares\":[", "]}"));
    }

    private static void answer(HttpServletResponse response, int status, String json)
            throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.getWriter().write(json);
    }

    /** The common name of the caller's certificate. */
    private static Optional<String> name(HttpServletRequest request) {
        if (request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain
                && chain.length > 0) {
            return commonName(chain[0]);
        }
        return Optional.empty();
    }

    private static Optional<String> commonName(X509Certificate certificate) {
        try {
            var subject = new LdapName(certificate.getSubjectX500Principal().getName());
            return subject.getRdns().stream()
                    .filter(part -> part.getType().equalsIgnoreCase("CN"))
                    .map(part -> part.getValue().toString())
                    .findFirst();
        } catch (InvalidNameException _) {
            return Optional.empty();
        }
    }
}
