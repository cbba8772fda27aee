package dev.paygateway.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Mutual TLS from PEM files; only the given authority is trusted, not the machine's. */
public final class PemTls {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
    private static final Pattern OTHER_KEY = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----");

    private PemTls() {}

    /**
     * Reads the three files once; a renewed certificate needs a new context.
     *
     * @param authority certificates that servers may be signed by
     * @param chain the client's certificate first, then its issuers
     * @param key its private key, PKCS#8, not encrypted
     * @throws IOException a file is missing or holds something else; the message says what to do
     */
    public static SSLContext context(Path authority, Path chain, Path key) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            var identity = identity(certificates(chain), key(key), chain);
            context.init(
                    identity.getKeyManagers(),
                    trust(certificates(authority)).getTrustManagers(),
                    null);
            return context;
        } catch (GeneralSecurityException failure) {
            throw new IOException(
                    "no TLS from %s, %s, %s: %s"
                            .formatted(authority, chain, key, failure.getMessage()),
                    failure);
        }
    }

    private static TrustManagerFactory trust(Collection<? extends Certificate> authorities)
            throws GeneralSecurityException, IOException {
        var store = emptyStore();
        int number = 0;
        for (var authority : authorities) {
            store.setCertificateEntry("authority-" + number++, authority);
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust;
    }

    private static KeyManagerFactory identity(
            Collection<? extends Certificate> chain, PrivateKey key, Path source)
            throws GeneralSecurityException, IOException {
        var certificates = chain.toArray(Certificate[]::new);
        if (!belongs(key, certificates[0].getPublicKey())) {
            throw new IOException(
                    "%s holds a certificate for another private key: give its own key"
                            .formatted(source));
        }
        var store = emptyStore();
        var password = new char[0]; // the store never leaves memory
        store.setKeyEntry("client", key, password, certificates);
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, password);
        return managers;
    }

    /** Signs with one and verifies with the other, as a handshake would. */
    private static boolean belongs(PrivateKey key, PublicKey certified)
            throws GeneralSecurityException {
        if (!certified.getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        var algorithm =
                switch (key.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> key.getAlgorithm();
                };
        var probe = "probe".getBytes(StandardCharsets.US_ASCII);
        var signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(probe);
        var signed = signature.sign();
        signature.initVerify(certified);
        signature.update(probe);
        return signature.verify(signed);
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws GeneralSecurityException, IOException {
        var text = Files.readString(file, StandardCharsets.US_ASCII);
        int start = text.indexOf("-----BEGIN CERTIFICATE-----");
        if (start < 0) {
            throw new IOException("%s holds no certificate: give PEM".formatted(file));
        }
        var bytes = text.substring(start).getBytes(StandardCharsets.US_ASCII);
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(bytes));
    }

    private static PrivateKey key(Path file) throws GeneralSecurityException, IOException {
        var text = Files.readString(file, StandardCharsets.US_ASCII);
        var found = KEY.matcher(text);
        if (!found.find()) {
            throw new IOException(
                    OTHER_KEY.matcher(text).find()
                            ? "%s holds a key of another form: openssl pkcs8 -topk8 -nocrypt"
                                    .formatted(file)
                            : "%s holds no private key: give PEM, PKCS#8".formatted(file));
        }
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
        GeneralSecurityException last = new GeneralSecurityException("unknown kind of key");
        for (var algorithm : new String[] {"EC", "RSA", "EdDSA"}) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (GeneralSecurityException other) {
                last = other;
            }
        }
        throw last;
    }
}
