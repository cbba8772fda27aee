package dev.paygateway.chaos.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/** An issuer of tokens for one test. */
final class TestTokens {
    static final String ISSUER = "https://issuer.test";

    private static final int COORDINATE_BYTES = 32;
    private static final Duration LIFE = Duration.ofHours(1);
    private final KeyPair keys;

    TestTokens() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    /** The public key as a JWK set. */
    String keys() {
        var point = ((ECPublicKey) keys.getPublic()).getW();
        return """
        {"keys":[{"kty":"EC","crv":"P-256","kid":"k","alg":"ES256","x":"%s","y":"%s"}]}\
        """
                .formatted(coordinate(point.getAffineX()), coordinate(point.getAffineY()));
    }

    String token() {
        var claims =
                """
                {"iss":"%s","aud":"gateway","sub":"m_demo1","exp":%d}\
                """
                        .formatted(ISSUER, Instant.now().plus(LIFE).getEpochSecond());
        var text = encode("{\"alg\":\"ES256\",\"kid\":\"k\"}") + "." + encode(claims);
        try {
            var signer = Signature.getInstance("SHA256withECDSAinP1363Format");
            signer.initSign(keys.getPrivate());
            signer.update(text.getBytes(UTF_8));
            return text + "." + encode(signer.sign());
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private static String coordinate(BigInteger number) {
        var hex = number.toString(16);
        return encode(
                HexFormat.of().parseHex("0".repeat(COORDINATE_BYTES * 2 - hex.length()) + hex));
    }

    private static String encode(String text) {
        return encode(text.getBytes(UTF_8));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
