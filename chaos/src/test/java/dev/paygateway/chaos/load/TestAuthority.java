package dev.paygateway.chaos.load;

import dev.paygateway.client.PemTls;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of its own, with one leaf for 127.0.0.1 that serves and calls. */
public final class TestAuthority {
    private final Path folder;

    public TestAuthority(Path folder) {
        this.folder = folder;
        try {
            var authorityKeys = keys();
            var authority = authority(authorityKeys);
            var leafKeys = keys();
            var leaf = leaf(leafKeys, authorityKeys);
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("ca.pem"), pem(authority));
            Files.writeString(folder.resolve("leaf.pem"), pem(leaf));
            Files.writeString(
                    folder.resolve("leaf.key"),
                    pem(new JcaPKCS8Generator(leafKeys.getPrivate(), null)));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (GeneralSecurityException | OperatorCreationException broken) {
            throw new IllegalStateException(broken);
        }
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    SSLContext context() {
        try {
            return PemTls.context(file("ca.pem"), file("leaf.pem"), file("leaf.key"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static KeyPair keys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509CertificateHolder authority(KeyPair keys)
            throws CertIOException, OperatorCreationException {
        return builder("CN=test authority", keys)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
    }

    private static X509CertificateHolder leaf(KeyPair keys, KeyPair authority)
            throws CertIOException, OperatorCreationException {
        var names = new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        return builder("CN=leaf", keys)
                .addExtension(Extension.subjectAlternativeName, false, names)
                .build(
                        new JcaContentSignerBuilder("SHA256withECDSA")
                                .build(authority.getPrivate()));
    }

    private static JcaX509v3CertificateBuilder builder(String subject, KeyPair keys) {
        var now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                new X500Name("CN=test authority"),
                BigInteger.valueOf(now.toEpochMilli()),
                Date.from(now.minus(1, ChronoUnit.HOURS)),
                Date.from(now.plus(1, ChronoUnit.HOURS)),
                new X500Name(subject),
                keys.getPublic());
    }

    private static String pem(Object thing) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(thing);
        }
        return text.toString();
    }
}
