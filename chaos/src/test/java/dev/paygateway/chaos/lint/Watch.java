package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lab.RunEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A real Prometheus with our rules and a real Alertmanager with our routes, on loopback. */
final class Watch implements AutoCloseable {
    static final String ROUTING_KEY = "0123456789abcdef0123456789abcdef";

    private static final String KEY_FILE = "/etc/alertmanager/secrets/pagerduty/routing-key";
    private static final long END_SECONDS = 10;

    private final Process alertmanager;
    private final Process prometheus;
    private final URI address;

    private Watch(Process alertmanager, Process prometheus, URI address) {
        this.alertmanager = alertmanager;
        this.prometheus = prometheus;
        this.address = address;
    }

    /** Watches the instances of a lab over mutual TLS; pages go to {@code pager}. */
    static Watch over(RunEnvironment lab, URI pager, Toolbox tools, Path root, Path folder)
            throws Missing, IOException {
        Files.createDirectories(folder);
        var alertmanagerPort = freePort();
        var routes = Files.readString(root.resolve("helm/alerting/alertmanager.yaml"));
        var keyFile = Files.writeString(folder.resolve("routing-key"), ROUTING_KEY);
        var here = "%s%n        url: %s".formatted(keyFile, pager);
        var routing =
                Files.writeString(
                        folder.resolve("alertmanager.yaml"), routes.replace(KEY_FILE, here));
        var alertmanager =
                start(
                        folder.resolve("alertmanager.log"),
                        tools.debian("prometheus-alertmanager", "prometheus-alertmanager"),
                        "--config.file=" + routing,
                        "--storage.path=" + folder.resolve("alertmanager"),
                        "--cluster.listen-address=",
                        "--web.listen-address=127.0.0.1:" + alertmanagerPort);
        var port = freePort();
        var settings =
                Files.writeString(
                        folder.resolve("prometheus.yaml"), settings(lab, root, alertmanagerPort));
        var prometheus =
                start(
                        folder.resolve("prometheus.log"),
                        tools.debian("prometheus", "prometheus"),
                        "--config.file=" + settings,
                        "--storage.tsdb.path=" + folder.resolve("prometheus"),
                        "--web.listen-address=127.0.0.1:" + port);
        return new Watch(alertmanager, prometheus, URI.create("http://127.0.0.1:" + port));
    }

    private static String settings(RunEnvironment lab, Path root, int alertmanager) {
        var targets =
                Arrays.stream(lab.require("MANAGEMENT_URLS").split(",", -1))
                        .map(url -> '"' + URI.create(url).getAuthority() + '"')
                        .collect(Collectors.joining(", "));
        return """
        rule_files: ["%s"]
        alerting:
          alertmanagers:
            - static_configs: [{targets: ["127.0.0.1:%d"]}]
        scrape_configs:
          - job_name: payment-gateway
            scrape_interval: 2s
            scheme: https
            metrics_path: /actuator/prometheus
            tls_config: {ca_file: "%s", cert_file: "%s", key_file: "%s"}
            static_configs: [{targets: [%s], labels: {region: east}}]
        """
                .formatted(
                        root.resolve("helm/gateway/files/rules.yaml"),
                        alertmanager,
                        lab.require("GATEWAY_CA"),
                        lab.require("OPERATOR_CERT"),
                        lab.require("OPERATOR_KEY"),
                        targets);
    }

    private static Process start(Path log, Tool tool, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(tool.program().toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    URI prometheus() {
        return address;
    }

    boolean alive() {
        return alertmanager.isAlive() && prometheus.isAlive();
    }

    @Override
    public void close() throws IOException {
        for (var process : List.of(prometheus, alertmanager)) {
            process.destroy();
        }
        try {
            for (var process : List.of(prometheus, alertmanager)) {
                if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Prometheus ended", stop);
        }
    }
}
