package dev.paygateway.chaos.acquirer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: a wrong PEM file is told by name, with what to do.
 *
 * <p>Method: files as OpenBao writes them, and damaged ones.
 */
class MutualTlsTest {
    @TempDir private Path folder;
    private TestPki pki;

    @BeforeEach
    void issue() {
        pki = new TestPki(folder, "authority");
    }

    private void assertRefused(Path certificate, Path key, Path ca, String... words) {
        assertThatThrownBy(() -> MutualTls.context(certificate, key, ca))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void readsChainAndKeyFromOneFileOrTwo() throws IOException {
        var both = pki.identity("server");
        var text = Files.readString(both);
        int key = text.indexOf("-----BEGIN PRIVATE");
        var certificateOnly = Files.writeString(folder.resolve("c.pem"), text.substring(0, key));
        var keyOnly = Files.writeString(folder.resolve("k.pem"), text.substring(key));
        assertThat(MutualTls.context(both, both, pki.ca).getProtocol()).isEqualTo("TLS");
        assertThat(MutualTls.context(certificateOnly, keyOnly, pki.ca).getProtocol())
                .isEqualTo("TLS");
    }

    @Test
    void namesTheFileAndTheRemedy() throws IOException {
        var own = pki.identity("server");
        var sec1 = pki.sec1Key();
        assertRefused(own, sec1, pki.ca, "sec1.pem", "EC PRIVATE KEY", "openssl pkcs8");
        assertRefused(own, pki.ca, pki.ca, "authority-ca.pem", "no BEGIN PRIVATE KEY");
        assertRefused(sec1, own, pki.ca, "sec1.pem", "no BEGIN CERTIFICATE");
        assertRefused(folder.resolve("none.pem"), own, pki.ca, "none.pem", "no such file");
        var broken =
                Files.writeString(
                        folder.resolve("broken.pem"),
                        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertRefused(broken, own, pki.ca, "broken.pem", "a certificate is broken");
        var other = pki.identity("other");
        assertRefused(own, other, pki.ca, "server.pem", "other.pem", "is the key");
    }
}
