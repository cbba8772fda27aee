package dev.paygateway.chaos.region;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.lab.RunEnvironment;
import dev.paygateway.client.PemTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The operator's place: asks every instance's management port, with the operator's certificate. */
final class Desk implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(2);

    private final Map<String, List<URI>> instances;
    private final HttpClient http;

    /**
     * What one instance says of its region.
     *
     * @param status {@code UP}, or why it wants no traffic; {@code silent} if it did not answer
     * @param weight percent of its traffic that the region should get; -1 if it did not say
     */
    record View(String region, URI address, String status, int weight, String database) {}

    @MustBeClosed
    Desk(RunEnvironment environment) {
        instances = instances(environment);
        try {
            http =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .connectTimeout(CONNECT_LIMIT)
                            .sslContext(
                                    PemTls.context(
                                            Path.of(environment.require("GATEWAY_CA")),
                                            Path.of(environment.require("OPERATOR_CERT")),
                                            Path.of(environment.require("OPERATOR_KEY"))))
                            .build();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the operator's certificate", unreadable);
        }
    }

    /** By region; a lab with one region has no name for it. */
    private static Map<String, List<URI>> instances(RunEnvironment environment) {
        var all = new LinkedHashMap<String, List<URI>>();
        for (var region : List.of("east", "north")) {
            var name = "MANAGEMENT_URLS_" + region.toUpperCase(Locale.ROOT);
            environment.get(name).ifPresent(urls -> all.put(region, list(urls)));
        }
        if (all.isEmpty()) {
            all.put("", list(environment.require("MANAGEMENT_URLS")));
        }
        return all;
    }

    private static List<URI> list(String urls) {
        return Stream.of(urls.split(",")).map(url -> URI.create(url.strip())).toList();
    }

    /** What every instance says. */
    List<View> look() {
        var views = new ArrayList<View>();
        instances.forEach((region, urls) -> urls.forEach(url -> views.add(look(region, url))));
        return views;
    }

    private View look(String region, URI url) {
        var request = HttpRequest.newBuilder(url.resolve("/health/region")).timeout(LOOK_LIMIT);
        var details = ask(request).map(Answer::body).map(body -> body.at("/components/traffic"));
        return details.map(traffic ->
                        new View(
                                traffic.at("/details/region").asString(region),
                                url,
                                traffic.path("status").asString("?"),
                                traffic.at("/details/weight").asInt(-1),
                                traffic.at("/details/database").asString("?")))
                .orElseGet(() -> new View(region, url, "silent", -1, "?"));
    }

    /** What an instance answered. */
    record Answer(int status, JsonNode body) {}

    /**
     * Sets a region's share of its traffic through the first instance that can, of any region; what
     * each of those before it said, if none could.
     */
    Optional<List<String>> move(String region, int weight) {
        var refusals = new ArrayList<String>();
        for (var url : instances.values().stream().flatMap(List::stream).toList()) {
            var address =
                    url.resolve("/region/traffic?region=%s&weight=%d".formatted(region, weight));
            var request =
                    HttpRequest.newBuilder(address)
                            .timeout(CALL_LIMIT)
                            .POST(BodyPublishers.noBody());
            var answer = ask(request);
            if (answer.filter(said -> said.status() == 200).isPresent()) {
                return Optional.empty();
            }
            refusals.add(
                    answer.map(said -> "%s: %d %s".formatted(url, said.status(), said.body()))
                            .orElseGet(() -> url + ": silent"));
        }
        return Optional.of(refusals);
    }

    private Optional<Answer> ask(HttpRequest.Builder request) {
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            return Optional.of(new Answer(answer.statusCode(), JSON.readTree(answer.body())));
        } catch (IOException | JacksonException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
