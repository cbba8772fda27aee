package dev.paygateway.edge;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.Merchant.Mode;
import dev.paygateway.payment.Time;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Verifies JWTs: signature by a key of ours under an algorithm of the allow-list, issuer, audience,
 * times, and the claims that name a merchant. Whatever is not exactly right is refused.
 */
final class TokenVerifier {
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.ES256, JWSAlgorithm.RS256);
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt");
    private static final int RSA_BITS_MIN = 2_048;
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(10);

    /**
     * By then a key that was made just now has been read, unless one was looked for just before.
     */
    private static final Duration REFRESH_WAIT = Duration.ofSeconds(1);

    private static final Pattern MERCHANT = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern THUMBPRINT = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final TokenKeys source;
    private final TokenSettings settings;
    private final Time time;
    private volatile Keys keys;

    TokenVerifier(TokenKeys source, TokenSettings settings, Time time) {
        this.source = source;
        this.settings = settings;
        this.time = time;
        this.keys = Keys.none();
    }

    private record Keys(String text, JWKSet set, long generation) {
        static Keys none() {
            return new Keys("", new JWKSet(), 0);
        }

        Keys or(String latest) {
            if (latest.equals(text)) {
                return this;
            }
            try {
                return new Keys(latest, JWKSet.parse(latest), generation + 1);
            } catch (ParseException unreadable) {
                return this; // what was read before stays good
            }
        }
    }

    /** Grows whenever the keys change: what was verified before may be revoked. */
    long generation() {
        return current().generation();
    }

    /** What the token says; fails with 401. */
    Tokens.Verified verify(String token) {
        try {
            var jwt = SignedJWT.parse(token);
            checkHeader(jwt.getHeader());
            if (!jwt.verify(verifier(key(jwt.getHeader())))) {
                throw refused("The token's signature is wrong");
            }
            return verified(jwt.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalArgumentException unreadable) {
            throw refused("The token is not a signed JWT that can be read");
        }
    }

    private static void checkHeader(JWSHeader header) {
        if (!ALGORITHMS.contains(header.getAlgorithm())) {
            throw refused("The token's algorithm is not accepted; ES256 and RS256 are");
        }
        JOSEObjectType type = header.getType();
        if (type != null && !TYPES.contains(type.getType().toLowerCase(java.util.Locale.ROOT))) {
            throw refused("The token's typ is not accepted; JWT and at+jwt are");
        }
        if (header.getCriticalParams() != null) {
            throw refused("The token has critical header parameters, which are not understood");
        }
    }

    private JWK key(JWSHeader header) {
        var id = header.getKeyID();
        if (id == null) {
            throw refused("The token names no key (kid)");
        }
        var key = current().set().getKeyByKeyId(id);
        if (key == null) {
            source.refresh();
            throw unknownKey();
        }
        if (key.getAlgorithm() != null && !key.getAlgorithm().equals(header.getAlgorithm())) {
            throw refused("The token's algorithm is not its key's");
        }
        return key;
    }

    private Keys current() {
        var latest = source.current();
        if (!latest.equals(keys.text())) {
            synchronized (this) {
                keys = keys.or(latest);
            }
        }
        return keys;
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        return switch (key) {
            case ECKey elliptic -> new ECDSAVerifier(elliptic);
            case RSAKey rsa when rsa.size() >= RSA_BITS_MIN -> new RSASSAVerifier(rsa);
            default -> throw refused("The token's key is of a kind that is not accepted");
        };
    }

    private Tokens.Verified verified(JWTClaimsSet claims) throws ParseException {
        var now = time.now();
        if (claims.getIssuer() == null || !settings.issuers().contains(claims.getIssuer())) {
            throw refused("The token's issuer is not ours");
        }
        if (!claims.getAudience().contains(settings.audience())) {
            throw refused("The token is meant for another audience");
        }
        if (claims.getExpirationTime() == null) {
            throw refused("The token never expires");
        }
        var expiry = claims.getExpirationTime().toInstant();
        if (!now.isBefore(expiry)) {
            throw refused("The token has expired");
        }
        if (isLater(claims.getNotBeforeTime(), now) || isLater(claims.getIssueTime(), now)) {
            throw refused("The token is not valid yet");
        }
        return new Tokens.Verified(caller(claims), expiry, thumbprint(claims));
    }

    private static boolean isLater(Date claim, Instant now) {
        return claim != null && claim.toInstant().isAfter(now.plus(CLOCK_SKEW));
    }

    private static Caller caller(JWTClaimsSet claims) throws ParseException {
        var id = claims.getStringClaim("mid");
        if (id == null || !MERCHANT.matcher(id).matches()) {
            throw refused("The token names no merchant (mid)");
        }
        var scope = claims.getStringClaim("scope");
        return new Caller(
                new Merchant(id, mode(claims.getStringClaim("mode"))),
                scope == null || scope.isBlank() ? Set.of() : Set.of(scope.strip().split(" +")));
    }

    private static Mode mode(String mode) {
        return switch (mode) {
            case "test" -> Mode.TEST;
            case "live" -> Mode.LIVE;
            case null, default -> throw refused("The token's mode is neither test nor live");
        };
    }

    private static String thumbprint(JWTClaimsSet claims) throws ParseException {
        Map<String, Object> confirmation = claims.getJSONObjectClaim("cnf");
        if (confirmation != null
                && confirmation.get("x5t#S256") instanceof String thumbprint
                && THUMBPRINT.matcher(thumbprint).matches()) {
            return thumbprint;
        }
        throw refused("The token is not bound to a client certificate (cnf.x5t#S256)");
    }

    /** A key that is made up and one that is new look the same: the second is known soon. */
    private static Rejection unknownKey() {
        return new Rejection(
                Problem.of(
                                Code.UNAUTHENTICATED,
                                "The token is signed with a key that is not known here; if the key"
                                        + " is new, send the request again, else get a new token.")
                        .again(REFRESH_WAIT));
    }

    private static Rejection refused(String why) {
        return Rejection.of(Code.UNAUTHENTICATED, why + "; get a new one.");
    }
}
