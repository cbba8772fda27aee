package dev.paygateway.chaos.fault;

import dev.paygateway.chaos.fault.manifest.Manifest;
import dev.paygateway.chaos.fault.manifest.ManifestRefused;
import dev.paygateway.chaos.fault.manifest.StatusCheck;
import dev.paygateway.chaos.fault.manifest.Workflow;
import dev.paygateway.chaos.fault.play.FaultFailure;
import dev.paygateway.chaos.lab.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Asks status checks. */
final class Checks {
    private final Manifest manifest;
    private final Map<String, URI> addresses;

    Checks(Manifest manifest, Map<String, URI> addresses) {
        this.manifest = manifest;
        this.addresses = addresses;
    }

    /**
     * Before anything is broken: a check that nobody here answers would look like a bad verdict.
     */
    void requireReachable(Workflow workflow) {
        for (var template : workflow.templates().values()) {
            if (template.step() instanceof Workflow.Step.Check(var check, _)) {
                address(check.url());
            }
        }
    }

    private URI address(URI url) {
        var host = url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
        if (url.getHost().equals("127.0.0.1") || url.getHost().equals("localhost")) {
            return url;
        }
        var here =
                Optional.ofNullable(addresses.get(host))
                        .orElseThrow(() ->
                                new ManifestRefused(
                                        manifest.file().toString(),
                                        "http.url",
                                        url.toString(),
                                        "a host of the cluster; say where it is here:"
                                                + " --address "
                                                + host
                                                + "=http://127.0.0.1:PORT"));
        var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return here.resolve(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery());
    }

    /** Asks until it is decided, or until the end. */
    void run(String name, StatusCheck check, boolean aborts, Instant end)
            throws InterruptedException {
        int good = 0;
        int bad = 0;
        int status = 0;
        while (Instant.now().isBefore(end)) {
            status = ask(check);
            var fine = check.good(status);
            good = fine ? good + 1 : 0;
            bad = fine ? 0 : bad + 1;
            if (bad >= check.failureThreshold()) {
                break;
            }
            if (!check.continuous() && good >= check.successThreshold()) {
                return;
            }
            rest(check.interval(), end);
        }
        // Also when the very last answer alone was bad: the run ends on a doubt.
        if (bad > 0 && aborts) {
            throw new FaultFailure(
                    "%s: aborted by its check: %d time(s) status %d".formatted(name, bad, status));
        }
    }

    private static void rest(Duration interval, Instant end) throws InterruptedException {
        var left = Duration.between(Instant.now(), end);
        Await.holds(interval.compareTo(left) < 0 ? interval : left, () -> false);
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException("ended");
        }
    }

    /** The status code; 0 when there is no answer. */
    private int ask(StatusCheck check) throws InterruptedException {
        var body =
                check.body().isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(check.body());
        var request =
                HttpRequest.newBuilder(address(check.url()))
                        .timeout(check.timeout())
                        .method(check.method(), body);
        check.headers().forEach(request::header);
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException silence) {
            return 0;
        }
    }
}
