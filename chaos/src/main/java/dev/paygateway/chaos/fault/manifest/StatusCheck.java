package dev.paygateway.chaos.fault.manifest;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Asks over HTTP whether to go on; only the status code is judged.
 *
 * @param continuous goes on asking until it is over, else until it is decided
 * @param codeLeast the least status code that is good
 */
public record StatusCheck(
        boolean continuous,
        URI url,
        String method,
        Map<String, String> headers,
        String body,
        int codeLeast,
        int codeMost,
        Duration timeout,
        Duration interval,
        int failureThreshold,
        int successThreshold,
        Optional<Duration> duration)
        implements Manifest.Body {
    private static final Pattern CODES = Pattern.compile("([1-5]\\d\\d)(?:-([1-5]\\d\\d))?");

    public StatusCheck {
        headers = Map.copyOf(headers);
    }

    static StatusCheck read(Fields spec) {
        var continuous = spec.oneOf("mode", "Synchronous", "Continuous").equals("Continuous");
        spec.oneOf("type", "HTTP");
        spec.integer("recordsHistoryLimit", 100, 1, 1_000);
        var timeout = Duration.ofSeconds(spec.integer("timeoutSeconds", 1, 1, 60));
        var interval = Duration.ofSeconds(spec.integer("intervalSeconds", 10, 1, 3_600));
        var failures = (int) spec.integer("failureThreshold", 3, 1, 100);
        var successes = (int) spec.integer("successThreshold", 1, 1, 100);
        var duration = spec.length("duration");
        var http = spec.requireChild("http");
        var codes = codes(http.requireChild("criteria"));
        var url = url(http);
        var method = http.has("method") ? http.oneOf("method", "GET", "POST") : "GET";
        var headers = http.freely("headers");
        var body = http.text("body").orElse("");
        http.end();
        spec.end();
        return new StatusCheck(
                continuous,
                url,
                method,
                headers,
                body,
                codes[0],
                codes[1],
                timeout,
                interval,
                failures,
                successes,
                duration);
    }

    private static int[] codes(Fields criteria) {
        var codes = CODES.matcher(criteria.require("statusCode"));
        if (!codes.matches()) {
            throw criteria.refuse("statusCode", "expected e.g. \"200\" or \"200-299\"");
        }
        criteria.end();
        var least = Integer.parseInt(codes.group(1));
        return new int[] {
            least, Optional.ofNullable(codes.group(2)).map(Integer::parseInt).orElse(least)
        };
    }

    private static URI url(Fields http) {
        try {
            var url = URI.create(http.require("url"));
            if (url.getHost() != null && String.valueOf(url.getScheme()).matches("https?")) {
                return url;
            }
        } catch (IllegalArgumentException malformed) {
            throw http.refuse("url", "expected http://HOST:PORT/PATH");
        }
        throw http.refuse("url", "expected http://HOST:PORT/PATH");
    }

    public boolean good(int status) {
        return status >= codeLeast && status <= codeMost;
    }
}
