package dev.paygateway.chaos.acquirer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Builds a TLS context from PEM files. */
final class MutualTls {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final List<String> KEY_ALGORITHMS = List.of("EC", "RSA", "EdDSA");
    private static final char[] NO_PASSWORD = new char[0];

    private MutualTls() {}

    /**
     * A context that shows a certificate and trusts one authority only.
     *
     * @param certificate the chain, leaf first; a private key in the same file is skipped
     * @param key a PKCS#8 private key; certificates in the same file are skipped
     * @param authority one or more CA certificates
     * @throws IOException naming the file, what is wrong with it and the remedy
     */
    static SSLContext context(Path certificate, Path key, Path authority) throws IOException {
        var chain = certificates(certificate);
        var privateKey = privateKey(key);
        try {
            requirePair(privateKey, chain.getFirst());
            var own = emptyStore();
            own.setKeyEntry("own", privateKey, NO_PASSWORD, chain.toArray(Certificate[]::new));
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trustManagers(authority), null);
            return context;
        } catch (GeneralSecurityException unfit) {
            throw new IOException(
                    "%s and %s do not make a TLS identity: %s; is the key the certificate's?"
                            .formatted(certificate, key, unfit.getMessage()),
                    unfit);
        }
    }

    /** The JDK finds out at the first handshake only. */
    private static void requirePair(PrivateKey key, Certificate leaf)
            throws GeneralSecurityException {
        var algorithm =
                switch (key.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> key.getAlgorithm();
                };
        var signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        var signature = signer.sign();
        signer.initVerify(leaf.getPublicKey());
        if (!signer.verify(signature)) {
            throw new GeneralSecurityException("the certificate is of another key");
        }
    }

    /** Trusts the certificates of one file and nothing else. */
    static TrustManager[] trustManagers(Path authority) throws IOException {
        try {
            var trusted = emptyStore();
            for (var ca : certificates(authority)) {
                trusted.setCertificateEntry("ca-" + trusted.size(), ca);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            return trust.getTrustManagers();
        } catch (GeneralSecurityException unfit) {
            throw new IOException(authority + ": cannot be trusted: " + unfit.getMessage(), unfit);
        }
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private record Block(String label, String base64) {
        byte[] der() {
            return Base64.getMimeDecoder().decode(base64);
        }
    }

    private static List<Certificate> certificates(Path file) throws IOException {
        var certificates = new ArrayList<Certificate>();
        try {
            var factory = CertificateFactory.getInstance("X.509");
            for (var block : blocks(file)) {
                if (block.label().equals("CERTIFICATE")) {
                    certificates.add(
                            factory.generateCertificate(new ByteArrayInputStream(block.der())));
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException broken) {
            throw new IOException(
                    file + ": a certificate is broken: " + broken.getMessage(), broken);
        }
        if (certificates.isEmpty()) {
            throw new IOException(file + ": holds no BEGIN CERTIFICATE block; write one in PEM");
        }
        return certificates;
    }

    private static PrivateKey privateKey(Path file) throws IOException {
        for (var block : blocks(file)) {
            if (block.label().equals("PRIVATE KEY")) {
                return pkcs8(file, block.der());
            }
            if (block.label().endsWith("PRIVATE KEY")) {
                throw new IOException(
                        ("%s: BEGIN %s is not read here; convert it to PKCS#8: openssl pkcs8 -topk8"
                                        + " -nocrypt -in FILE (from OpenBao's PKI ask for"
                                        + " private_key_format=pkcs8)")
                                .formatted(file, block.label()));
            }
        }
        throw new IOException(file + ": holds no BEGIN PRIVATE KEY block; write one in PEM");
    }

    private static PrivateKey pkcs8(Path file, byte[] der) throws IOException {
        for (var algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException _) {
                // Not of this algorithm: the next may fit.
            } catch (GeneralSecurityException impossible) {
                throw new IOException("this JDK has no " + algorithm, impossible);
            }
        }
        throw new IOException(file + ": the private key is none of " + KEY_ALGORITHMS);
    }

    private static List<Block> blocks(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(file + ": no such file, or not readable");
        }
        var text = Files.readString(file, StandardCharsets.US_ASCII);
        return BLOCK.matcher(text).results().map(m -> new Block(m.group(1), m.group(2))).toList();
    }
}
