package dev.paygateway.resource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;

/**
 * A certificate with its key, and whom its holder trusts, found fit for use. Each file is read once
 * and as a whole: key and certificate are of one generation.
 */
record TlsMaterial(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> trusted) {
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ");
    private static final Pattern END = Pattern.compile("-----END ");
    private static final byte[] PROBE = {1};

    TlsMaterial {
        chain = List.copyOf(chain);
        trusted = List.copyOf(trusted);
    }

    /** What stands in the files, and must not be used; the message says which file and why. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;

        private Unfit(Path file, String why) {
            super(file + " " + why);
        }
    }

    /**
     * Reads and tries what is to be used at {@code now}.
     *
     * @param identity chain and private key, in any order
     * @param authority certificates that are trusted
     */
    static TlsMaterial read(Path identity, Path authority, Instant now) throws Unfit {
        var own = content(identity);
        var trusted = content(authority);
        try {
            var key = own.getPrivateKey();
            if (key == null) {
                throw new Unfit(identity, "holds no private key");
            }
            var found = new TlsMaterial(own.getCertificates(), key, trusted.getCertificates());
            found.leaf().checkValidity(Date.from(now));
            found.requirePair();
            return found;
        } catch (CertificateException outOfDate) {
            throw new Unfit(identity, "is out of date: " + outOfDate.getMessage());
        } catch (GeneralSecurityException | RuntimeException broken) {
            throw new Unfit(identity, "cannot be used: " + broken.getMessage());
        }
    }

    /** Tells what stands in these files from what stood there before. */
    static String digest(Path identity, Path authority) throws Unfit {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(text(identity).getBytes(StandardCharsets.UTF_8));
            sha256.update(text(authority).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static String text(Path file) throws Unfit {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new Unfit(file, "cannot be read: " + unreadable);
        }
    }

    private static PemContent content(Path file) throws Unfit {
        try {
            var text = text(file);
            if (count(BEGIN, text) != count(END, text)) {
                throw new Unfit(file, "is not whole");
            }
            var content = PemContent.of(text);
            if (content == null || content.getCertificates().isEmpty()) {
                throw new Unfit(file, "holds no certificate");
            }
            return content;
        } catch (IllegalStateException broken) {
            throw new Unfit(file, "cannot be used: " + broken.getMessage());
        }
    }

    private static long count(Pattern pattern, String text) {
        return pattern.matcher(text).results().count();
    }

    private void requirePair() throws GeneralSecurityException {
        var algorithm = key.getAlgorithm().equals("EC") ? "ECDSA" : key.getAlgorithm();
        var signer = Signature.getInstance("SHA256with" + algorithm);
        signer.initSign(key);
        signer.update(PROBE);
        var signature = signer.sign();
        signer.initVerify(leaf().getPublicKey());
        signer.update(PROBE);
        if (!signer.verify(signature)) {
            throw new GeneralSecurityException("the key is not the certificate's");
        }
    }

    private X509Certificate leaf() {
        return chain.getFirst();
    }

    Instant end() {
        return leaf().getNotAfter().toInstant();
    }

    /** A bundle with this material that has been tried, all else as in {@code old}. */
    SslBundle in(SslBundle old) {
        var stores =
                new PemSslStoreBundle(PemSslStore.of(chain, key), PemSslStore.of(trusted, null));
        var fresh = SslBundle.of(stores, old.getKey(), old.getOptions(), old.getProtocol());
        fresh.createSslContext();
        return fresh;
    }

    /** Whether the bundle shows this certificate and trusts nobody else. */
    boolean isIn(SslBundle bundle) {
        return entries(bundle.getStores().getKeyStore()).equals(Set.of(leaf()))
                && entries(bundle.getStores().getTrustStore()).equals(Set.copyOf(trusted));
    }

    private static Set<Certificate> entries(@Nullable KeyStore store) {
        if (store == null) {
            return Set.of();
        }
        try {
            var entries = new HashSet<Certificate>();
            for (var alias : Collections.list(store.aliases())) {
                entries.add(store.getCertificate(alias));
            }
            return entries;
        } catch (KeyStoreException unloaded) {
            throw new IllegalStateException(unloaded);
        }
    }

    /** Tells one from another, and names nothing secret. */
    @Override
    public String toString() {
        return "%s, good until %s".formatted(leaf().getSerialNumber().toString(16), end());
    }
}
