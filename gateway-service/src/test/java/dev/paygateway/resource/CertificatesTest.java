package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.testing.Sandbox;
import dev.paygateway.testing.Tls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * Goal: what the agent renews is taken up as it comes, and nothing that cannot be used ever is.
 *
 * <p>Method: certificates of a real PKI in files that are replaced, cut and mixed up by hand; the
 * database and Vault's agent judge what is shown to them.
 */
class CertificatesTest {
    private static final Sandbox SANDBOX = Sandbox.shared();
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration SHORT = Duration.ofSeconds(4);

    @TempDir Path folder = Path.of("");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<SslBundle> handedOut = new ArrayList<>();

    @BeforeEach
    void render() throws IOException {
        Files.copy(SANDBOX.memory().resolve(Sandbox.CA), folder.resolve("ca.pem"));
        issue("server", "server.pem");
        issue("client", "client.pem");
    }

    @AfterEach
    void forget() {
        meters.close();
    }

    @Test
    void handsOutWhatWasRenewed() throws Exception {
        var bundles = bundles();
        try (var _ = certificates(bundles)) {
            assertThat(handedOut).as("what the start found is not handed out again").isEmpty();
            issue("client", "client.pem");
            await().atMost(SOON).until(() -> !handedOut.isEmpty());
            assertThat(shown(bundles)).isEqualTo(leaf("client.pem"));
        }
    }

    @ParameterizedTest
    @CsvSource({"client.pem, 0.4", "client.pem, 0.8", "client.pem, 0", "ca.pem, 0.5", "ca.pem, 0"})
    void keepsTheOldOneWhileAFileIsHalfWritten(String file, double part) throws Exception {
        var bundles = bundles();
        var fresh = issued("client", DAY);
        var authority = Files.readString(folder.resolve("ca.pem"));
        var text = file.equals("ca.pem") ? authority : fresh;
        try (var certificates = certificates(bundles)) {
            replace(file, text.substring(0, (int) (text.length() * part)));
            certificates.look();
            assertThat(handedOut).isEmpty();
            replace("ca.pem", authority);
            replace("client.pem", fresh);
            certificates.look();
            assertThat(shown(bundles)).isEqualTo(leaf("client.pem"));
        }
    }

    @Test
    void keepsTheOldOneWhenKeyAndCertificateAreNoPair() throws Exception {
        var bundles = bundles();
        try (var certificates = certificates(bundles)) {
            var old = Files.readString(folder.resolve("client.pem"));
            var fresh = issued("client", DAY);
            replace("client.pem", withoutKey(fresh) + old.substring(withoutKey(old).length()));
            certificates.look();
            assertThat(handedOut).isEmpty();
        }
    }

    private static void refuseOnce(DefaultSslBundleRegistry bundles) {
        var refuses = new AtomicBoolean(true);
        bundles.addBundleUpdateHandler(
                "client",
                _ -> {
                    if (refuses.getAndSet(false)) {
                        throw new IllegalStateException("not now");
                    }
                });
    }

    @Test
    void triesAgainWhenAUserOfItRefused() throws IOException {
        var bundles = bundles();
        refuseOnce(bundles);
        try (var certificates = certificates(bundles)) {
            issue("client", "client.pem");
            certificates.look();
            certificates.look();
            assertThat(handedOut).hasSize(1);
            certificates.look();
            assertThat(handedOut).hasSize(1);
        }
    }

    @Test
    void goesBackToTheOldOneAfterAUserRefusedTheNew() throws Exception {
        var bundles = bundles();
        refuseOnce(bundles);
        try (var certificates = certificates(bundles)) {
            certificates.look();
            var old = Files.readString(folder.resolve("client.pem"));
            issue("client", "client.pem");
            certificates.look();
            replace("client.pem", old);
            certificates.look();
            assertThat(shown(bundles)).isEqualTo(leaf("client.pem"));
        }
    }

    /** What lives on after its certificate is out of date are sessions that stand, no new ones. */
    @Test
    void isLetInAgainAfterItsCertificateWasOutOfDate() throws Exception {
        issue("client", "client.pem", SHORT);
        var bundle = Tls.mutual(folder.resolve("client.pem"), folder.resolve("ca.pem"));
        try (var parts = TestParts.with(SANDBOX, meters, bundle);
                var _ = certificates(parts.bundles());
                var lease = lease(parts)) {
            login(parts, lease);
            await().atMost(SOON).until(() -> gauge("client") < -2);
            assertThatThrownBy(() -> login(parts, lease)).isInstanceOf(SQLException.class);
            issue("client", "client.pem");
            await().atMost(SOON).until(() -> gauge("client") > 0);
            login(parts, lease);
            assertThat(parts.parts().vault().leaseLifeMax("gateway-app")).isPositive();
        }
    }

    @Test
    void doesNotStartWithWhatIsOutOfDate() throws IOException {
        issue("server", "server.pem", Duration.ofSeconds(1));
        var start = InstantSource.system().instant();
        await().atMost(SOON)
                .until(() -> InstantSource.system().instant().isAfter(start.plusSeconds(2)));
        assertThatThrownBy(() -> new TlsSettings(folder.toString()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("server.pem is out of date");
    }

    @Test
    void doesNotStartWithWhatCannotBeRead() throws IOException {
        replace("client.pem", withoutKey(Files.readString(folder.resolve("client.pem"))));
        assertThatThrownBy(() -> new TlsSettings(folder.toString()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("client.pem cannot be used: Missing private key");
    }

    private static void login(TestParts parts, CredentialLease lease) throws SQLException {
        try (var session = parts.look(lease.credential())) {
            assertThat(session.isValid(1)).isTrue();
        }
    }

    @MustBeClosed
    private static CredentialLease lease(TestParts parts) {
        TestParts.openSchema(SANDBOX);
        return new CredentialLease(parts.parts().vault(), "gateway-app", InstantSource.system());
    }

    private double gauge(String use) {
        return meters.get("gateway.certificate.left").tag("use", use).timeGauge().value();
    }

    private Certificates certificates(DefaultSslBundleRegistry bundles) {
        bundles.addBundleUpdateHandler("client", handedOut::add);
        return new Certificates(
                new TlsSettings(folder.toString()), bundles, meters, InstantSource.system());
    }

    private DefaultSslBundleRegistry bundles() {
        var ca = folder.resolve("ca.pem");
        var bundles = new DefaultSslBundleRegistry();
        bundles.registerBundle("edge", Tls.mutual(folder.resolve("server.pem"), ca));
        bundles.registerBundle("client", Tls.mutual(folder.resolve("client.pem"), ca));
        return bundles;
    }

    private static Certificate shown(DefaultSslBundleRegistry bundles) throws KeyStoreException {
        var store = Objects.requireNonNull(bundles.getBundle("client").getStores().getKeyStore());
        return store.getCertificate(store.aliases().nextElement());
    }

    private Certificate leaf(String file) throws IOException {
        return PemContent.load(folder.resolve(file)).getCertificates().getFirst();
    }

    private static String withoutKey(String text) {
        return text.substring(0, text.indexOf("-----BEGIN PRIVATE KEY"));
    }

    private void issue(String role, String file) throws IOException {
        issue(role, file, DAY);
    }

    private void issue(String role, String file, Duration life) throws IOException {
        replace(file, issued(role, life));
    }

    private static String issued(String role, Duration life) throws IOException {
        return Files.readString(SANDBOX.vault().issue(role, "gateway", "renewed.pem", life));
    }

    /** In one step, as the agent does it. */
    private void replace(String file, String text) throws IOException {
        var fresh = Files.writeString(folder.resolve("fresh"), text);
        Files.move(fresh, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }
}
