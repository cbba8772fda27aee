package dev.paygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: only a token of our issuers, unchanged, in time and over its own connection lets anybody
 * in.
 *
 * <p>Method: one good token, falsified in one way at a time, over a good connection.
 */
class TokenAttackTest {
    private static World world;
    private static Client client;
    private static Client caller;

    @BeforeAll
    static void start() {
        world = World.roomy();
        client = world.client("m_demo1");
        caller = new Client(world.port(), client);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    static Stream<Arguments> wrongClaims() {
        var soon = Date.from(Instant.now().plus(Duration.ofSeconds(60)));
        var past = Date.from(Instant.now().minus(Duration.ofSeconds(1)));
        return Stream.of(
                claims("foreign issuer", claims -> claims.issuer("https://evil")),
                claims("no issuer", claims -> claims.issuer(null)),
                claims("foreign audience", claims -> claims.audience("bank")),
                claims("no audience", claims -> claims.audience(List.of())),
                claims("expired", claims -> claims.expirationTime(past)),
                claims("never expires", claims -> claims.expirationTime(null)),
                claims("not yet valid", claims -> claims.notBeforeTime(soon)),
                claims("issued later", claims -> claims.issueTime(soon)),
                claims("no merchant", claims -> claims.claim("mid", null)),
                claims("odd merchant", claims -> claims.claim("mid", "m' OR 1=1")),
                claims("merchant of another type", claims -> claims.claim("mid", 7)),
                claims("no mode", claims -> claims.claim("mode", null)),
                claims("odd mode", claims -> claims.claim("mode", "prod")),
                claims("not bound", claims -> claims.claim("cnf", null)),
                claims("bound to nothing", claims -> claims.claim("cnf", Map.of("jkt", "x"))));
    }

    private static Arguments claims(String name, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(name, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongClaims")
    void refusesWrongClaims(String name, UnaryOperator<JWTClaimsSet.Builder> change) {
        refuses(World.ISSUER.sign(change.apply(client.claims()).build()));
    }

    @Test
    void refusesOtherAlgorithmsKeysAndTypes() throws Exception {
        var claims = client.claims().build();
        var own = World.ISSUER.key();
        var stranger = Issuer.key(own.getKeyID());
        refuses(Issuer.sign(World.ISSUER.header().build(), claims, stranger));
        refuses(Issuer.sign(header().keyID("other").build(), claims, own));
        refuses(Issuer.sign(header().build(), claims, own));
        refuses(
                Issuer.sign(
                        World.ISSUER.header().type(new JOSEObjectType("dpop+jwt")).build(),
                        claims,
                        own));
        refuses(
                Issuer.sign(
                        World.ISSUER.header().jwk(stranger.toPublicJWK()).build(),
                        claims,
                        stranger));
        refuses(
                Issuer.sign(
                        World.ISSUER.header().criticalParams(Set.of("exp")).build(), claims, own));
        var mac =
                new JWSObject(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(own.getKeyID()).build(),
                        new Payload(claims.toJSONObject()));
        mac.sign(
                new MACSigner(
                        own.toPublicJWK()
                                .toJSONString()
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        refuses(mac.serialize());
    }

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256);
    }

    @Test
    void refusesTokensThatWereTamperedWith() {
        var parts = World.ISSUER.sign(client.claims().build()).split("\\.", -1);
        var none = Base64URL.encode("{\"alg\":\"none\"}").toString();
        var admin = Base64URL.encode(client.claims().claim("mid", "m_demo2").build().toString());
        refuses(none + "." + parts[1] + ".");
        refuses(none + "." + parts[1] + "." + parts[2]);
        refuses(parts[0] + "." + admin + "." + parts[2]);
        refuses(parts[0] + "." + parts[1] + "." + parts[2].substring(4) + "AAAA");
        refuses(parts[0] + "." + parts[1] + ".");
        refuses("x".repeat(40));
        refuses(parts[0] + "." + parts[1] + "." + parts[2] + "." + parts[2]);
    }

    @Test
    void admitsTheTokenThatTheAttacksStartFrom() {
        var token = World.ISSUER.sign(client.claims().build());
        assertThat(get(token).status()).isEqualTo(200);
        assertThat(get(token).status()).as("from memory").isEqualTo(200);
    }

    @Test
    void checksTheBindingOfARememberedToken() {
        var token = World.ISSUER.sign(client.claims().build());
        assertThat(get(token).status()).isEqualTo(200);
        var thief = world.client("m_thief").holding(token).get("/v1/payments");
        assertThat(thief.text("/code")).isEqualTo("certificate_mismatch");
        assertThat(thief.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }

    @Test
    void forgetsTokensWhoseKeyIsWithdrawn() {
        var token = World.ISSUER.sign(client.claims().build());
        assertThat(get(token).status()).isEqualTo(200);
        World.ISSUER.publish(Issuer.key("key-2"));
        try {
            refuses(token);
        } finally {
            World.ISSUER.publish(World.ISSUER.key().toPublicJWK());
        }
        assertThat(get(token).status()).isEqualTo(200);
    }

    /** A made-up key looks like a new one: no caller waits to learn which, and none is admitted. */
    @Test
    void hasUnknownKeysLookedForAndTheRequestSentAgain() {
        var fresh = Issuer.key("key-2");
        var token =
                Issuer.sign(
                        header().keyID(fresh.getKeyID()).build(), client.claims().build(), fresh);
        var asked = World.ISSUER.refreshes();
        var refused = get(token);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.text("/code")).isEqualTo("unauthenticated");
        assertThat(refused.text("/retry")).isEqualTo("same_key");
        assertThat(refused.text("/money_moved")).isEqualTo("no");
        assertThat(refused.text("/retry_after_s")).isEqualTo("1");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(World.ISSUER.refreshes()).isEqualTo(asked + 1);
        World.ISSUER.publish(World.ISSUER.key().toPublicJWK(), fresh.toPublicJWK());
        try {
            assertThat(get(token).status()).as("once the key is read").isEqualTo(200);
            assertThat(World.ISSUER.refreshes()).isEqualTo(asked + 1);
        } finally {
            World.ISSUER.publish(World.ISSUER.key().toPublicJWK());
        }
    }

    /** With the key's own name missing or its token falsified nothing is worth a second look. */
    @Test
    void looksForNoKeyWithoutNeed() {
        var asked = World.ISSUER.refreshes();
        refuses(Issuer.sign(header().build(), client.claims().build(), World.ISSUER.key()));
        refuses(World.ISSUER.sign(client.claims().issuer("https://evil").build()));
        assertThat(World.ISSUER.refreshes()).isEqualTo(asked);
    }

    private static Client.Answer get(String token) {
        return caller.holding(token).get("/v1/payments");
    }

    private static void refuses(String token) {
        var answer = get(token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
        assertThat(answer.text("/code")).isEqualTo("unauthenticated");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }
}
