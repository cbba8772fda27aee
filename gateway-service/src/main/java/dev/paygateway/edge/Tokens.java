package dev.paygateway.edge;

import com.nimbusds.jose.util.Base64URL;
import dev.paygateway.payment.Time;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Admits callers: a token that we trust, over the very connection that it was issued for. A
 * verified token is remembered until it expires or the keys change; its binding to the certificate
 * is checked on every request.
 */
final class Tokens {
    private final TokenVerifier verifier;
    private final Time time;
    private final int rememberedMax;
    private final ConcurrentHashMap<String, Verified> remembered = new ConcurrentHashMap<>();
    private volatile long generation;

    Tokens(TokenVerifier verifier, Time time, int rememberedMax) {
        this.verifier = verifier;
        this.time = time;
        this.rememberedMax = rememberedMax;
    }

    /**
     * What a valid token says.
     *
     * @param thumbprint SHA-256 of the certificate that it is bound to, base64url
     */
    record Verified(Caller caller, Instant expiry, String thumbprint) {}

    /** The caller of a request that came with that certificate; fails with 401. */
    Caller admit(String token, String thumbprint) {
        var verified = verified(token);
        if (!verified.thumbprint().equals(thumbprint)) {
            throw Rejection.of(
                    Code.CERTIFICATE_MISMATCH,
                    "The token is bound to another client certificate; use the one that it was"
                            + " issued for.");
        }
        return verified.caller();
    }

    private Verified verified(String token) {
        forgetAfterKeyChange();
        var digest = sha256(token.getBytes(StandardCharsets.ISO_8859_1));
        var known = remembered.get(digest);
        if (known != null && time.now().isBefore(known.expiry())) {
            return known;
        }
        remembered.remove(digest);
        var verified = verifier.verify(token);
        makeRoom();
        remembered.put(digest, verified);
        return verified;
    }

    private void forgetAfterKeyChange() {
        var current = verifier.generation();
        if (current != generation) {
            remembered.clear();
            generation = current;
        }
    }

    private void makeRoom() {
        if (remembered.size() < rememberedMax) {
            return;
        }
        var now = time.now();
        remembered.values().removeIf(verified -> !now.isBefore(verified.expiry()));
        if (remembered.size() >= rememberedMax) {
            remembered.clear();
        }
    }

    static String thumbprint(X509Certificate certificate) {
        try {
            return sha256(certificate.getEncoded());
        } catch (CertificateEncodingException unreadable) {
            throw new IllegalStateException("the TLS layer accepted it", unreadable);
        }
    }

    /** The digest as RFC 8705 writes it: base64url without padding. */
    static String sha256(byte[] bytes) {
        try {
            return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(bytes)).toString();
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }
}
