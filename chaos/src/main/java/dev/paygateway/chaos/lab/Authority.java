package dev.paygateway.chaos.lab;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority made in this process's memory.
 *
 * <p>Vault issues every certificate that the lab keeps, but it cannot speak TLS before it has one:
 * this authority signs the two that carry the first conversation, is handed to Vault's PKI engine
 * as its issuer, and is forgotten. So the trust anchor is the same from the first byte on.
 */
final class Authority {
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(365);
    private static final Duration FIRST_LIFE = Duration.ofHours(1);
    private static final Duration CLOCK_SLACK = Duration.ofMinutes(1);
    private static final int SERIAL_BITS = 120;

    private final KeyPair keys = newKeys();
    private final X500Principal name;
    private final String certificate;
    private final SecureRandom dice = new SecureRandom();

    Authority(String commonName) {
        name = new X500Principal("CN=" + commonName);
        certificate = issue(new Request(name, keys, AUTHORITY_LIFE, new Purpose.Signer()));
    }

    private sealed interface Purpose {
        record Signer() implements Purpose {}

        record Server(String address) implements Purpose {}

        record Client() implements Purpose {}
    }

    private record Request(X500Principal subject, KeyPair keys, Duration life, Purpose purpose) {}

    String certificate() {
        return certificate;
    }

    /** Certificate and key together, as Vault's {@code pki/config/ca} takes them. */
    String bundle() {
        return pem("PRIVATE KEY", keys.getPrivate().getEncoded()) + certificate;
    }

    /** A server at that address, for the first minutes. */
    TlsIdentity firstServer(String commonName, String address) {
        return identity(commonName, new Purpose.Server(address));
    }

    TlsIdentity firstClient(String commonName) {
        return identity(commonName, new Purpose.Client());
    }

    private TlsIdentity identity(String commonName, Purpose purpose) {
        var own = newKeys();
        var subject = new X500Principal("CN=" + commonName);
        var issued = issue(new Request(subject, own, FIRST_LIFE, purpose));
        return new TlsIdentity(
                certificate, issued, pem("PRIVATE KEY", own.getPrivate().getEncoded()));
    }

    private String issue(Request request) {
        var now = Instant.now();
        var builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(SERIAL_BITS, dice),
                        Date.from(now.minus(CLOCK_SLACK)),
                        Date.from(now.plus(request.life())),
                        request.subject(),
                        request.keys().getPublic());
        try {
            extend(builder, request);
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return pem("CERTIFICATE", builder.build(signer).getEncoded());
        } catch (GeneralSecurityException | OperatorCreationException | IOException broken) {
            throw new IllegalStateException("cannot sign a certificate", broken);
        }
    }

    private void extend(JcaX509v3CertificateBuilder builder, Request request)
            throws GeneralSecurityException, IOException {
        var keyIds = new JcaX509ExtensionUtils();
        var identifier = keyIds.createSubjectKeyIdentifier(request.keys().getPublic());
        builder.addExtension(Extension.subjectKeyIdentifier, false, identifier);
        var issuer = keyIds.createAuthorityKeyIdentifier(keys.getPublic());
        builder.addExtension(Extension.authorityKeyIdentifier, false, issuer);
        switch (request.purpose()) {
            case Purpose.Signer() -> {
                critical(builder, Extension.basicConstraints, new BasicConstraints(true));
                var usage = new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
                critical(builder, Extension.keyUsage, usage);
            }
            case Purpose.Server(var address) -> {
                purpose(builder, KeyPurposeId.id_kp_serverAuth);
                var local = new GeneralName(GeneralName.iPAddress, address);
                var names = new GeneralNames(local);
                builder.addExtension(Extension.subjectAlternativeName, false, names);
            }
            case Purpose.Client() -> purpose(builder, KeyPurposeId.id_kp_clientAuth);
        }
    }

    private static void purpose(JcaX509v3CertificateBuilder builder, KeyPurposeId purpose)
            throws IOException {
        critical(builder, Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    }

    private static void critical(
            JcaX509v3CertificateBuilder builder, ASN1ObjectIdentifier name, ASN1Encodable value)
            throws IOException {
        builder.addExtension(name, true, value);
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String pem(String kind, byte[] der) {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }
}
