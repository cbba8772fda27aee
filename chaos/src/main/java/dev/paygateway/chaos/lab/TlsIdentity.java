package dev.paygateway.chaos.lab;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate with its key, and whom its holder trusts; all PEM text, keys in PKCS#8.
 *
 * @param ca the authority whose certificates are trusted
 * @param certificate the own one; empty text: no certificate is shown
 * @param key its private key; empty text with an empty certificate
 */
public record TlsIdentity(String ca, String certificate, String key) {
    private static final String CERTIFICATE_FILE = "cert.pem";
    private static final String KEY_FILE = "key.pem";
    private static final int READ_LIMIT_MS = 2_000;
    private static final char[] NO_PASSWORD = {};

    public static TlsIdentity anonymous(String ca) {
        return new TlsIdentity(ca, "", "");
    }

    /** One whose certificate and key stand in one file, as the agents render them. */
    static TlsIdentity combined(Path ca, Path certificateAndKey) {
        var both = Folders.read(certificateAndKey);
        return new TlsIdentity(Folders.read(ca), both, both);
    }

    /** What {@link #save} wrote. */
    public static TlsIdentity load(Path ca, Path folder) {
        return new TlsIdentity(
                Folders.read(ca),
                Folders.read(folder.resolve(CERTIFICATE_FILE)),
                Folders.read(folder.resolve(KEY_FILE)));
    }

    public void save(Path folder) {
        Folders.make(folder);
        Folders.write(certificateIn(folder), certificate);
        Folders.write(keyIn(folder), key);
    }

    public static Path certificateIn(Path folder) {
        return folder.resolve(CERTIFICATE_FILE);
    }

    public static Path keyIn(Path folder) {
        return folder.resolve(KEY_FILE);
    }

    /** RFC 8705's {@code x5t#S256}: the certificate's SHA-256, base64url without padding. */
    String thumbprint() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(first().getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Whether the server at that port shows this certificate to {@code client}. */
    boolean isServedAt(String host, int port, TlsIdentity client) {
        try (var socket = client.context().getSocketFactory().createSocket(host, port)) {
            socket.setSoTimeout(READ_LIMIT_MS);
            var session = ((SSLSocket) socket).getSession();
            return session.getPeerCertificates()[0].equals(first());
        } catch (IOException | GeneralSecurityException silence) {
            return false;
        }
    }

    public SSLContext context() {
        try {
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            var authorities = empty();
            authorities.setCertificateEntry("ca", certificates(ca)[0]);
            trust.init(authorities);
            var context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException broken) {
            throw LabFailure.failed("cannot use a certificate: " + broken.getMessage(), broken);
        }
    }

    private KeyManager[] keyManagers() throws GeneralSecurityException, IOException {
        if (certificate.isEmpty()) {
            return new KeyManager[0];
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keyStore(NO_PASSWORD), NO_PASSWORD);
        return factory.getKeyManagers();
    }

    /** Certificate and key as Java's own libraries take them. */
    KeyStore keyStore(char[] password) throws GeneralSecurityException, IOException {
        var own = empty();
        own.setKeyEntry("own", privateKey(), password, certificates(certificate));
        return own;
    }

    private Certificate first() throws GeneralSecurityException {
        return certificates(certificate)[0];
    }

    private PrivateKey privateKey() throws GeneralSecurityException {
        var begin = "-----BEGIN PRIVATE KEY-----";
        var from = key.indexOf(begin);
        var to = key.indexOf("-----END PRIVATE KEY-----", from);
        if (from < 0 || to < 0) {
            throw new GeneralSecurityException("no PKCS#8 private key in the PEM text");
        }
        var der = Base64.getMimeDecoder().decode(key.substring(from + begin.length(), to));
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    /** Every certificate of a PEM text, in its order; other blocks are passed over. */
    private static Certificate[] certificates(String pem) throws GeneralSecurityException {
        var end = "-----END CERTIFICATE-----";
        var last = pem.lastIndexOf(end);
        var first = pem.indexOf("-----BEGIN CERTIFICATE-----");
        if (first < 0 || last < 0) {
            throw new GeneralSecurityException("no certificate in the PEM text");
        }
        var only = pem.substring(first, last + end.length());
        var bytes = new ByteArrayInputStream(only.getBytes(StandardCharsets.US_ASCII));
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(bytes)
                .toArray(new Certificate[0]);
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    @Override
    public String toString() {
        return "TlsIdentity[key not shown]";
    }
}
