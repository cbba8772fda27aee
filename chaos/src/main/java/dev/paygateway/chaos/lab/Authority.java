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
import java.util.List;
import java.util.regex.Pattern;
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
public final class Authority {
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(365);
    private static final Duration FIRST_LIFE = Duration.ofHours(1);
    private static final Duration PEER_LIFE = Duration.ofDays(1);
    private static final Duration CLOCK_SLACK = Duration.ofMinutes(1);
    private static final int SERIAL_BITS = 120;
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+");

    private final KeyPair keys = newKeys();
    private final X500Principal name;
    private final String certificate;
    private final SecureRandom dice = new SecureRandom();

    public Authority(String commonName) {
        name = new X500Principal("CN=" + commonName);
        certificate = issue(new Request(name, keys, AUTHORITY_LIFE, new Purpose.Signer()));
    }

    private sealed interface Purpose {
        record Signer() implements Purpose {}

        record Server(String address) implements Purpose {}

        record Client() implements Purpose {}

        record Peer(List<String> hosts) implements Purpose {}
    }

    private record Request(X500Principal subject, KeyPair keys, Duration life, Purpose purpose) {}

    public String certificate() {
        return certificate;
    }

    /** Certificate and key together, as Vault's {@code pki/config/ca} takes them. */
    public String bundle() {
        return pem("PRIVATE KEY", keys.getPrivate().getEncoded()) + certificate;
    }

    /** A server at that address, for the first minutes. */
    TlsIdentity firstServer(String commonName, String address) {
        return identity(commonName, new Purpose.Server(address));
    }

    public TlsIdentity firstClient(String commonName) {
        return identity(commonName, new Purpose.Client());
    }

    /**
     * Both a server, found at these names and addresses, and a client; for a day.
     *
     * @param subject such as {@code CN=admin,O=system:masters}
     */
    public TlsIdentity peer(String subject, String... hosts) {
        return identity(new X500Principal(subject), PEER_LIFE, new Purpose.Peer(List.of(hosts)));
    }

    /** An authority below this one. */
    public TlsIdentity intermediate(String commonName) {
        var subject = new X500Principal("CN=" + commonName);
        return identity(subject, AUTHORITY_LIFE, new Purpose.Signer());
    }

    private TlsIdentity identity(String commonName, Purpose purpose) {
        return identity(new X500Principal("CN=" + commonName), FIRST_LIFE, purpose);
    }

    private TlsIdentity identity(X500Principal subject, Duration life, Purpose purpose) {
        var own = newKeys();
        var issued = issue(new Request(subject, own, life, purpose));
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
                names(builder, List.of(address));
            }
            case Purpose.Peer(var hosts) -> {
                purpose(builder, KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth);
                if (!hosts.isEmpty()) {
                    names(builder, hosts);
                }
            }
            case Purpose.Client() -> purpose(builder, KeyPurposeId.id_kp_clientAuth);
        }
    }

    private static void purpose(JcaX509v3CertificateBuilder builder, KeyPurposeId... purposes)
            throws IOException {
        critical(builder, Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }

    private static void names(JcaX509v3CertificateBuilder builder, List<String> hosts)
            throws IOException {
        var names = hosts.stream().map(Authority::name).toArray(GeneralName[]::new);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }

    private static GeneralName name(String host) {
        var isAddress = ADDRESS.matcher(host).matches();
        return new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, host);
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
