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
import java.util.regex.Pattern;

/** One instance's gauges, as Prometheus gets them: from the management port, over mutual TLS. */
final class Gauges implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final HttpClient client;
    private final URI address;

    private Gauges(HttpClient client, URI address) {
        this.client = client;
        this.address = address;
    }

    static Gauges of(RunEnvironment env, String instance) throws IOException {
        var tls =
                PemTls.context(
                        Path.of(env.require("GATEWAY_CA")),
                        Path.of(env.require("OPERATOR_CERT")),
                        Path.of(env.require("OPERATOR_KEY")));
        var url = env.require("MANAGEMENT_URLS").split(",", -1)[World.INSTANCES.indexOf(instance)];
        var client = HttpClient.newBuilder().sslContext(tls).connectTimeout(LIMIT).build();
        return new Gauges(client, URI.create(url + "/actuator/prometheus"));
    }

    /** How many resources of a kind are held. */
    double open(String kind) throws IOException, InterruptedException {
        return value("gateway_resources_open", "kind", kind);
    }

    /** The one with that label; fails if there is none. */
    double value(String name, String label, String is) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address).timeout(LIMIT).build();
        var answer = client.send(request, BodyHandlers.ofString()).body();
        var line = "(?m)^%s\\{[^}]*\\b%s=\"%s\"[^}]*} (\\S+)$".formatted(name, label, is);
        return Pattern.compile(line)
                .matcher(answer)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(line + " is not in:\n" + answer));
    }

    @Override
    public void close() {
        client.close();
    }
}
