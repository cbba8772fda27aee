package dev.paygateway.chaos.crash;

import dev.paygateway.chaos.lab.RunEnvironment;
import dev.paygateway.client.PemTls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * What an instance says of itself on its management port, at one moment.
 *
 * @param samples by name and labels, as they stand in the text format of Prometheus
 */
record Exposition(Map<String, Double> samples) {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Asks an instance, over the operator's mutual TLS. */
    static Exposition of(RunEnvironment env, String instance)
            throws IOException, InterruptedException {
        var address =
                env.require("MANAGEMENT_URLS").split(",", -1)[World.INSTANCES.indexOf(instance)];
        var question =
                HttpRequest.newBuilder(URI.create(address + "/actuator/prometheus"))
                        .timeout(LIMIT)
                        .build();
        try (var client = HttpClient.newBuilder().sslContext(operator(env)).build()) {
            var answer = client.send(question, BodyHandlers.ofString());
            return parse(answer.body());
        }
    }

    private static SSLContext operator(RunEnvironment env) throws IOException {
        return PemTls.context(
                Path.of(env.require("GATEWAY_CA")),
                Path.of(env.require("OPERATOR_CERT")),
                Path.of(env.require("OPERATOR_KEY")));
    }

    private static Exposition parse(String text) {
        return new Exposition(
                text.lines()
                        .filter(line -> !line.startsWith("#") && line.indexOf(' ') > 0)
                        .collect(
                                Collectors.toMap(
                                        line -> line.substring(0, line.lastIndexOf(' ')),
                                        line ->
                                                Double.valueOf(
                                                        line.substring(
                                                                line.lastIndexOf(' ') + 1)))));
    }

    /** How many resources of a kind are held. */
    double open(String kind) {
        return sum("gateway_resources_open", "kind=\"" + kind + '"');
    }

    /** The sum over all samples of that name that carry these labels, like {@code id="direct"}. */
    double sum(String name, String... labels) {
        var found =
                samples.entrySet().stream()
                        .filter(sample -> sample.getKey().split("\\{", 2)[0].equals(name))
                        .filter(sample -> Stream.of(labels).allMatch(sample.getKey()::contains))
                        .mapToDouble(Map.Entry::getValue)
                        .toArray();
        if (found.length == 0) {
            throw new AssertionError("no sample is called " + name);
        }
        return Arrays.stream(found).sum();
    }
}
