package dev.paygateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import dev.paygateway.payment.Time;
import dev.paygateway.region.Drain;
import dev.paygateway.resource.SecretBytes;
import dev.paygateway.resource.SettingsCheck;
import dev.paygateway.store.RegionShares;
import dev.paygateway.testing.Sandbox;
import dev.paygateway.testing.Tls;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/**
 * Goal: the process starts from its configuration, speaks to holders of our certificates alone, and
 * says how it is.
 *
 * <p>Method: the real configuration over real parts, without the packages that take payments; asked
 * from outside over TLS.
 */
class ServiceStartTest {
    private static final Sandbox SANDBOX = Sandbox.shared();
    private static final String HOST = "127.0.0.1";
    private static final Duration SOON = Duration.ofSeconds(20);

    /** The machinery alone. */
    @EnableAutoConfiguration
    @ComponentScan({"dev.paygateway.resource", "dev.paygateway.region"})
    @ComponentScan(
            basePackages = "dev.paygateway.store",
            useDefaultFilters = false,
            includeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = RegionShares.class))
    static class Machinery {
        @Bean
        Time time() {
            return new SystemTime();
        }
    }

    private static final ConfigurableApplicationContext SERVICE = migratedAndStarted();

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    private static ConfigurableApplicationContext migratedAndStarted() {
        SANDBOX.migrate();
        return start(Map.of());
    }

    private static ConfigurableApplicationContext start(Map<String, Object> changes) {
        var properties = new HashMap<String, Object>(SANDBOX.properties());
        properties.putAll(changes);
        return new SpringApplicationBuilder(Machinery.class)
                .initializers(new SettingsCheck())
                .properties(properties)
                .run();
    }

    /** PagingTest has a Prometheus that refuses them; here is why it does not have to. */
    @Test
    void showsNoExemplarOnACount() {
        assertThat(SERVICE.getBean(PrometheusConfig.class).prometheusProperties())
                .containsExactly(
                        entry("io.prometheus.exporter.exemplarsOnAllMetricTypes", "false"));
    }

    @ParameterizedTest
    @CsvSource({
        "/actuator/health/liveness, 200, UP",
        "/actuator/health/readiness, 200, UP",
        "/actuator/health/region, 200, writable",
        "/health/region, 200, gateway-1",
        "/health/region, 200, '\"weight\":100'",
        "/region/traffic, 200, '{\"shares\":['",
        "/actuator/prometheus, 200, gateway_region_weight",
        "/actuator/prometheus, 200, gateway_credential_age_seconds",
        "/actuator/prometheus, 200, hikaricp_connections_active",
        "/actuator/prometheus, 200, 'certificate_left_seconds{region=\"east\",use=\"edge\"} 8'",
        "/actuator/prometheus, 200, 'certificate_left_seconds{region=\"east\",use=\"client\"} 8'",
        "/actuator/env, 404, ''",
        "/actuator/configprops, 404, ''",
        "/actuator/beans, 404, ''",
        "/actuator/heapdump, 404, ''"
    })
    void saysHowItIsAndNothingMore(String path, int status, String contained) throws Exception {
        var answer = get("local.management.port", path, own());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(contained);
    }

    @Test
    void movesTheRegionsTrafficWhereAnOperatorWantsIt() throws Exception {
        var operator = operator();
        assertThat(move("region=east&weight=0", operator)).isEqualTo(200);
        assertThat(get("local.management.port", "/region/traffic", own()).body())
                .contains("{\"region\":\"east\",\"weight\":0,\"by\":\"m_ops\",");
        var red = get("local.management.port", "/health/region", own());
        assertThat(red.statusCode()).isEqualTo(503);
        assertThat(red.body()).contains("\"weight\":0", "OUT_OF_SERVICE");
        assertThat(get("local.management.port", "/actuator/health/readiness", own()).statusCode())
                .isEqualTo(200);
        assertThat(move("region=east&weight=100", operator)).isEqualTo(200);
        assertThat(get("local.management.port", "/health/region", own()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void movesNoTrafficForAnybodyElse() throws Exception {
        assertThat(move("region=east&weight=0", own())).isEqualTo(403);
        for (var nonsense : List.of("region=east&weight=101", "region=../&weight=1", "weight=1")) {
            assertThat(move(nonsense, operator())).as(nonsense).isEqualTo(400);
        }
        assertThat(get("local.management.port", "/health/region", own()).statusCode())
                .isEqualTo(200);
    }

    private static SSLContext operator() {
        var ca = SANDBOX.memory().resolve(Sandbox.CA);
        var identity = SANDBOX.vault().issue("merchant", "m_ops", "operator.pem");
        return Tls.mutual(identity, ca).createSslContext();
    }

    private static int move(String query, SSLContext tls) throws IOException, InterruptedException {
        var port = port("local.management.port");
        var uri = URI.create("https://127.0.0.1:" + port + "/region/traffic?" + query);
        var request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody());
        try (var client = HttpClient.newBuilder().sslContext(tls).build()) {
            return client.send(request.build(), BodyHandlers.ofString()).statusCode();
        }
    }

    @ParameterizedTest
    @CsvSource({"local.server.port", "local.management.port"})
    void refusesStrangers(String port) {
        var ca = SANDBOX.memory().resolve(Sandbox.CA);
        assertThatThrownBy(() -> get(port, "/", Tls.anonymous(ca))).isInstanceOf(IOException.class);
        var foreign = Tls.mutual(SANDBOX.vault().foreignClient(), ca).createSslContext();
        assertThatThrownBy(() -> get(port, "/", foreign)).isInstanceOf(IOException.class);
    }

    @Test
    void namesNoServer() throws Exception {
        var answer = get("local.server.port", "/nothing-here", own());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("server")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.1, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        "TLSv1.2, TLS_RSA_WITH_AES_128_GCM_SHA256",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"
    })
    void speaksNothingWithoutForwardSecrecy(String protocol, String suite) throws Exception {
        var port = Integer.parseInt(port("local.server.port"));
        try (var socket = (SSLSocket) own().getSocketFactory().createSocket(HOST, port)) {
            assertThatThrownBy(
                            () -> {
                                socket.setEnabledProtocols(new String[] {protocol});
                                socket.setEnabledCipherSuites(new String[] {suite});
                                socket.startHandshake();
                            })
                    .isInstanceOfAny(IOException.class, IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"local.server.port, /nothing-here, 404", "local.management.port, /, 404"})
    void showsARenewedCertificateAndFinishesWhatIsUnderWay(String port, String path, int status)
            throws Exception {
        var number = Integer.parseInt(port(port));
        try (var underWay = (SSLSocket) own().getSocketFactory().createSocket(HOST, number)) {
            var before = serial(underWay);
            var request = "GET %s HTTP/1.1\r\nHost: localhost\r\n".formatted(path);
            underWay.getOutputStream().write(request.getBytes(US_ASCII));
            SANDBOX.vault().issue("server", "localhost", "server.pem");
            await().atMost(SOON).until(() -> !serial(number).equals(before));
            underWay.getOutputStream().write("Connection: close\r\n\r\n".getBytes(US_ASCII));
            var answer = new String(underWay.getInputStream().readAllBytes(), US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void keepsTheFingerprintKeyToItself() {
        var secret = SERVICE.getBean(SecretBytes.class);
        assertThat(secret.copy()).hasSize(32).isNotSameAs(secret.copy());
    }

    @ParameterizedTest
    @CsvSource({
        "gateway.region, East",
        "gateway.tls.directory, /nowhere",
        "gateway.vault.address, http://127.0.0.1:1",
        "gateway.database.hosts, localhost",
        "gateway.database.role, ../sys",
        "gateway.fingerprint.wrapped-key, plain"
    })
    void doesNotStartOnNonsense(String property, String value) {
        assertThatThrownBy(() -> start(Map.of(property, value)).close())
                .hasStackTraceContaining("StartRefused: " + property);
    }

    @Test
    void refusesNewWorkWhileItEnds() {
        var ending = start(Map.of());
        var drain = ending.getBean(Drain.class);
        assertThat(drain.isDraining()).isFalse();
        ending.close();
        assertThat(drain.isDraining()).isTrue();
    }

    private static SSLContext own() {
        var ca = SANDBOX.memory().resolve(Sandbox.CA);
        return Tls.mutual(SANDBOX.memory().resolve("client.pem"), ca).createSslContext();
    }

    private static String port(String name) {
        return String.valueOf(SERVICE.getEnvironment().getProperty(name));
    }

    private static HttpResponse<String> get(String port, String path, SSLContext tls)
            throws IOException, InterruptedException {
        var uri = URI.create("https://127.0.0.1:" + port(port) + path);
        try (var client = HttpClient.newBuilder().sslContext(tls).build()) {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }

    private static BigInteger serial(int port) throws IOException {
        try (var socket = (SSLSocket) own().getSocketFactory().createSocket(HOST, port)) {
            return serial(socket);
        }
    }

    private static BigInteger serial(SSLSocket socket) throws IOException {
        var chain = socket.getSession().getPeerCertificates();
        return ((X509Certificate) chain[0]).getSerialNumber();
    }
}
