package dev.paygateway.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import com.google.errorprone.annotations.MustBeClosed;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.paygateway.edge.Backstage.NobodyCharged;
import dev.paygateway.edge.Backstage.NothingStored;
import dev.paygateway.edge.EdgeConfiguration.Surroundings;
import dev.paygateway.edge.MoneyRequests.Call;
import dev.paygateway.edge.MoneyRequests.Gates;
import dev.paygateway.edge.MoneyRequests.Parts;
import dev.paygateway.edge.PaymentController.Reading;
import dev.paygateway.idempotency.Fingerprints;
import dev.paygateway.idempotency.Idempotency;
import dev.paygateway.payment.Gateway;
import dev.paygateway.payment.Ids;
import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.Payments;
import dev.paygateway.payment.Store;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Plays one payment through everything between the socket and the ports of the domain: a token of
 * its own key, a body, the decisions, the answer. Behind the ports stand {@code Backstage}'s
 * stand-ins, so that nothing is stored and nobody is charged.
 */
final class Rehearsal implements Runnable, AutoCloseable {
    private static final Merchant MERCHANT = new Merchant("m_rehearsal", Merchant.Mode.TEST);
    private static final String KEY_ID = "rehearsal";

    /** Of no region: whatever is found under it is a fault. */
    private static final char HOME = 'z';

    private static final Duration TOKEN_LIFE = Duration.ofMinutes(1);

    private final Gateway gateway;
    private final MoneyRequests requests;
    private final Reading reading;
    private final Surroundings surroundings;
    private final ECKey key;
    private final TokenVerifier verifier;

    /** The real ports; {@link Backstage} stands before what would have an effect. */
    record Scene(Store store, Payments payments, JsonRendering rendering) {}

    @MustBeClosed
    Rehearsal(Scene scene, Reading reading, Surroundings surroundings) {
        this.reading = reading;
        this.surroundings = surroundings;
        var time = surroundings.time();
        var store = new NothingStored(scene.store());
        var ids = new Ids(HOME, Generators.timeBasedEpochGenerator()::generate);
        gateway = new Gateway(store, new NobodyCharged(), time, ids, KEY_ID);
        var parts =
                new Parts(
                        gateway,
                        scene.payments(),
                        new Idempotency(store, time),
                        scene.rendering(),
                        time,
                        new Gates(() -> false, () -> false));
        requests = new MoneyRequests(parts, new UsedKeys(), 1);
        key = key();
        var published = new JWKSet(key.toPublicJWK()).toString();
        verifier =
                new TokenVerifier(
                        new TokenKeys() {
                            @Override
                            public String current() {
                                return published;
                            }

                            @Override
                            public void refresh() {
                                // the one key there is was made here
                            }
                        },
                        surroundings.tokens(),
                        surroundings.time());
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(KEY_ID).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("every JDK has P-256", impossible);
        }
    }

    @Override
    public void run() {
        verifier.verify(token());
        var name = "rehearsal-" + UUID.randomUUID();
        var year = surroundings.time().now().atOffset(ZoneOffset.UTC).getYear() + 1;
        var body = StrictJson.parse(body(name, year).getBytes(UTF_8));
        var what = new Fingerprints.Request("POST", Addresses.PAYMENTS, body);
        var claim = reading.fingerprints().claim(MERCHANT, name, what);
        var payable = reading.payments().pay(new PaymentRequests.Asked(claim, name, body));
        var preference = Preference.of(List.of(), reading.settings());
        requests.serve(
                new Call(
                        payable.pay(),
                        work -> gateway.authorize(work, payable.card()),
                        preference));
    }

    /**
     * With the sandbox's card that works; as a live number it does not exist. Put together as it
     * runs: an AOT cache holds the program's texts plain, and none of them is to look like a card.
     */
    private static String body(String reference, int year) {
        return """
        {"amount":{"value":1099,"currency":"EUR"},"reference":"%s","capture":"automatic",
         "payment_method":{"card":{"number":"%s","exp_month":12,"exp_year":%d,
         "cvc":"%s"}},"metadata":{"cart":"7"}}
        """
                .formatted(reference, "4242".repeat(4), year, "123");
    }

    @Override
    public void close() {
        requests.close();
    }

    private String token() {
        var now = surroundings.time().now();
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(surroundings.tokens().issuers().getFirst())
                        .audience(surroundings.tokens().audience())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(TOKEN_LIFE)))
                        .claim("mid", MERCHANT.id())
                        .claim("mode", MERCHANT.mode().code())
                        .claim("scope", Caller.PAYMENTS_WRITE)
                        .claim("cnf", Map.of("x5t#S256", "A".repeat(43)))
                        .build();
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(KEY_ID).build();
            var jwt = new SignedJWT(header, claims);
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("the key is of the algorithm", impossible);
        }
    }
}
