package dev.paygateway.edge;

import static java.util.Objects.requireNonNull;

import com.fasterxml.uuid.Generators;
import dev.paygateway.edge.Authority.Identity;
import dev.paygateway.idempotency.FingerprintKey;
import dev.paygateway.payment.Gateway;
import dev.paygateway.payment.Ids;
import dev.paygateway.payment.MemoryPayments;
import dev.paygateway.payment.MemoryStore;
import dev.paygateway.payment.ScriptedAcquirer;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.config.SingletonBeanRegistry;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The edge on a real Tomcat over mutual TLS, with a store and an acquirer in memory behind it. */
final class World implements AutoCloseable {
    static final Authority AUTHORITY = new Authority("ca");
    static final Issuer ISSUER = new Issuer();

    /** Few threads share a second; limits that ordinary tests never meet. */
    private static final String[] ROOMY = {
        "gateway.limits.write-per-second=100000",
        "gateway.limits.read-per-second=100000",
        "gateway.limits.list-per-second=100000"
    };

    private static final String[] TIGHT = {
        "gateway.limits.write-per-second=1",
        "gateway.limits.read-per-second=1",
        "gateway.limits.list-per-second=1",
        "gateway.edge.in-flight-max=1",
        "gateway.edge.reads-max=1",
        "gateway.edge.lists-max=1",
        "gateway.edge.body-wait=1s"
    };

    private static final String[] UNEVEN = {
        "gateway.limits.write-per-second=2",
        "gateway.limits.read-per-second=3",
        "gateway.limits.list-per-second=1"
    };

    private static final String[] BEHIND_EDGE = {
        "gateway.edge.client-certificate=xfcc",
        "gateway.edge.forwarders[0]=CN=edge",
        "gateway.edge.forwarders[1]=spiffe://mesh/sidecar"
    };

    private static final Identity SERVER = AUTHORITY.issue("gateway");

    private final TestTime time = new TestTime();
    private final JsonRendering rendering = new JsonRendering();
    private final MemoryStore store = new MemoryStore(rendering);
    private final MemoryPayments payments = new MemoryPayments(store);
    private final ScriptedAcquirer acquirer = new ScriptedAcquirer();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final AtomicBoolean fenced = new AtomicBoolean();
    private final ObservationRegistry observations = ObservationRegistry.create();
    private final Gateway gateway =
            new Gateway(
                    store,
                    acquirer,
                    time,
                    new Ids('e', Generators.timeBasedEpochGenerator()::generate),
                    "east");
    private final ConfigurableApplicationContext context;

    private World(String... settings) {
        context = application().properties(properties(settings)).run();
    }

    /** With limits that no test meets by chance. */
    static World roomy() {
        return new World(ROOMY);
    }

    /** One request a second of each kind, one of each at once, bodies within a second. */
    static World tight() {
        return new World(TIGHT);
    }

    /** With another limit for each kind of request. */
    static World uneven() {
        return new World(UNEVEN);
    }

    /** Believing the subject {@code CN=edge} and the identity {@code spiffe://mesh/sidecar}. */
    static World behindEdge() {
        return new World(BEHIND_EDGE);
    }

    private SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(Application.class)
                .bannerMode(org.springframework.boot.Banner.Mode.OFF)
                .logStartupInfo(false)
                .initializers(made -> register(made.getBeanFactory()));
    }

    private void register(SingletonBeanRegistry beans) {
        beans.registerSingleton("memoryStore", store);
        beans.registerSingleton("memoryPayments", payments);
        beans.registerSingleton("testTime", time);
        beans.registerSingleton("gateway", gateway);
        beans.registerSingleton("observations", observations);
        beans.registerSingleton("draining", (Draining) draining::get);
        beans.registerSingleton("fenced", (Fenced) fenced::get);
    }

    private static String[] properties(String... settings) {
        var all = new ArrayList<>(List.of(settings));
        all.add("server.port=0");
        all.add("server.address=127.0.0.1");
        all.add("server.ssl.bundle=edge");
        all.add("server.ssl.client-auth=need");
        all.add("server.http2.enabled=true");
        all.add("spring.threads.virtual.enabled=true");
        all.add("spring.config.location=optional:classpath:/none/");
        all.add("spring.ssl.bundle.pem.edge.keystore.certificate=" + SERVER.certificatePem());
        all.add("spring.ssl.bundle.pem.edge.keystore.private-key=" + SERVER.keyPem());
        all.add("spring.ssl.bundle.pem.edge.truststore.certificate=" + AUTHORITY.pem());
        all.add("gateway.region=east");
        all.add("gateway.tokens.issuers=" + Issuer.NAME);
        all.add("gateway.tokens.audience=" + Issuer.AUDIENCE);
        return all.toArray(String[]::new);
    }

    /** What the root assembly is in the service. */
    @Configuration(proxyBeanMethods = false)
    @Import(EdgeConfiguration.class)
    @ImportAutoConfiguration({
        PropertyPlaceholderAutoConfiguration.class,
        ConfigurationPropertiesAutoConfiguration.class,
        SslAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        WebMvcObservationAutoConfiguration.class,
        ErrorMvcAutoConfiguration.class
    })
    static class Application {
        @Bean
        TokenKeys tokenKeys() {
            return ISSUER;
        }

        @Bean
        FingerprintKey fingerprintKey() {
            return () -> new byte[32];
        }
    }

    TestTime time() {
        return time;
    }

    MemoryStore store() {
        return store;
    }

    MemoryPayments payments() {
        return payments;
    }

    ScriptedAcquirer acquirer() {
        return acquirer;
    }

    Gateway gateway() {
        return gateway;
    }

    ObservationRegistry observations() {
        return observations;
    }

    void setFenced(boolean isFenced) {
        fenced.set(isFenced);
    }

    void setDraining(boolean isDraining) {
        draining.set(isDraining);
    }

    int port() {
        return requireNonNull(((WebServerApplicationContext) context).getWebServer()).getPort();
    }

    /** A merchant's client with its own certificate and token. */
    Client client(String merchant) {
        return new Client(port(), merchant);
    }

    @Override
    public void close() {
        context.close();
    }
}
