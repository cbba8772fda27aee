package dev.paygateway.edge;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Issues tokens as the sandbox's Vault does. */
final class Issuer implements TokenKeys {
    static final String NAME = "https://127.0.0.1:18200/v1/identity/oidc";
    static final String AUDIENCE = "gateway";
    static final String ALL_SCOPES = "payments:write payments:read refunds:write";

    private final AtomicInteger refreshes = new AtomicInteger();
    private final ECKey key = key("key-1");
    private volatile JWKSet published = new JWKSet(key.toPublicJWK());

    static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException broken) {
            throw new IllegalStateException(broken);
        }
    }

    ECKey key() {
        return key;
    }

    void publish(ECKey... keys) {
        published = new JWKSet(java.util.List.<com.nimbusds.jose.jwk.JWK>of(keys));
    }

    /** How often somebody asked for them to be read anew. */
    int refreshes() {
        return refreshes.get();
    }

    @Override
    public String current() {
        return published.toString();
    }

    @Override
    public void refresh() {
        refreshes.incrementAndGet();
    }

    /** The claims of an ordinary token of a merchant. */
    static JWTClaimsSet.Builder claims(String merchant, X509Certificate certificate) {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(NAME)
                .audience(AUDIENCE)
                .subject(merchant)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofHours(1))))
                .claim("mid", merchant)
                .claim("mode", "test")
                .claim("scope", ALL_SCOPES)
                .claim("cnf", Map.of("x5t#S256", Tokens.thumbprint(certificate)));
    }

    JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(key.getKeyID())
                .type(JOSEObjectType.JWT);
    }

    String sign(JWTClaimsSet claims) {
        return sign(header().build(), claims, key);
    }

    static String sign(JWSHeader header, JWTClaimsSet claims, ECKey key) {
        try {
            var jwt = new SignedJWT(header, claims);
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
