package dev.paygateway.chaos.acquirer;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObjectGenerator;

/** A certificate authority of one test, and the PEM files it issues. */
final class TestPki {
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final Path folder;
    private final X500Name name;
    private final KeyPair keys = newKeys();

    /** The authority's own certificate. */
    final Path ca;

    TestPki(Path folder, String name) {
        this.folder = folder;
        this.name = new X500Name("CN=" + name);
        this.ca = folder.resolve(name + "-ca.pem");
        write(ca, certificate(this.name, keys, "ca"));
    }

    /** One file with the certificate and its PKCS#8 key, as OpenBao's agent renders it. */
    Path identity(String commonName) {
        var own = newKeys();
        var file = folder.resolve(commonName + ".pem");
        write(file, certificate(new X500Name("CN=" + commonName), own, "leaf"), pkcs8(own));
        return file;
    }

    /** A key in the form that OpenSSL and OpenBao call EC: SEC1. */
    Path sec1Key() {
        var file = folder.resolve("sec1.pem");
        write(file, newKeys().getPrivate());
        return file;
    }

    /** The context of a caller that trusts this authority and shows an identity of it. */
    SSLContext caller() throws IOException {
        var own = identity("gateway");
        return MutualTls.context(own, own, ca);
    }

    private X509CertificateHolder certificate(X500Name subject, KeyPair of, String kind) {
        var now = Instant.now();
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.valueOf(SERIAL.getAndIncrement()),
                            Date.from(now.minus(Duration.ofMinutes(1))),
                            Date.from(now.plus(Duration.ofHours(1))),
                            subject,
                            of.getPublic());
            builder.addExtension(
                    Extension.basicConstraints, true, new BasicConstraints(kind.equals("ca")));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
            var purposes =
                    new KeyPurposeId[] {
                        KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                    };
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return builder.build(signer);
        } catch (IOException | OperatorCreationException failed) {
            throw new AssertionError(failed);
        }
    }

    private static PemObjectGenerator pkcs8(KeyPair keys) {
        try {
            return new JcaPKCS8Generator(keys.getPrivate(), null);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static void write(Path file, Object... blocks) {
        var text = new StringWriter();
        try (var pem = new JcaPEMWriter(text)) {
            for (var block : blocks) {
                pem.writeObject(block);
            }
            pem.flush();
            Files.writeString(file, text.toString());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException failed) {
            throw new AssertionError(failed);
        }
    }
}
