package dev.paygateway.resource;

import dev.paygateway.resource.Patience.NotYet;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.vault.VaultException;
import org.springframework.vault.core.VaultOperations;
import org.springframework.vault.support.VaultResponse;
import org.springframework.vault.support.VaultResponseSupport;
import org.springframework.web.client.HttpStatusCodeException;
import org.springframework.web.client.RestClientException;

/**
 * What this service asks of Vault. Each call takes at most 2.5 s; none is on a payment's path.
 * Whatever fails, fails with {@link NotYet} where asking again may help, else with {@link
 * StartRefused}.
 */
final class Vault {
    /** A lease must not live longer: rotation and the database's clean-up count on it. */
    static final Duration LEASE_LIFE_MAX = Duration.ofHours(4);

    private static final String TRANSIT_KEY = "transit/decrypt/gateway-data";
    private static final String IDENTITY_KEYS = "identity/oidc/.well-known/keys";
    private static final String KEY_COPIES = "token-keys";
    private static final int CLIENT_ERRORS = 4;
    private static final int TOO_MANY_REQUESTS = 429;

    private final VaultOperations operations;

    Vault(VaultOperations operations) {
        this.operations = operations;
    }

    /** The role's longest lease; refuses a role that is absent or lends for too long. */
    Duration leaseLifeMax(String role) {
        var path = "database/roles/" + role;
        var answer = ask(path, () -> Optional.ofNullable(operations.read(path)));
        var data = answer.map(VaultResponse::getData);
        if (data.isEmpty()) {
            throw new StartRefused(
                    "Vault has no database role \"" + role + "\" (gateway.database.role)",
                    "Name an existing role, or apply terraform/modules/vault/config.");
        }
        return acceptable(role, seconds(data.get().get("max_ttl")));
    }

    private static Duration acceptable(String role, Duration lifeMax) {
        if (lifeMax.isZero() || lifeMax.compareTo(LEASE_LIFE_MAX) > 0) {
            throw new StartRefused(
                    "Vault's database role \"%s\" lends for %s, more than %d h"
                            .formatted(
                                    role,
                                    lifeMax.isZero() ? "ever" : lifeMax.toSeconds() + " s",
                                    LEASE_LIFE_MAX.toHours()),
                    "Set the role's max_ttl to 4h or less.");
        }
        return lifeMax;
    }

    private static Duration seconds(@Nullable Object given) {
        return given instanceof Number number
                ? Duration.ofSeconds(number.longValue())
                : Duration.ZERO;
    }

    /**
     * A database user that was made just now.
     *
     * @param life how long Vault keeps it without a renewal
     */
    record Loan(String lease, Credential credential, Duration life) {}

    /** Has a database user made. */
    Loan lend(String role) {
        var path = "database/creds/" + role;
        var answer = ask(path, () -> Optional.ofNullable(operations.read(path)));
        if (answer.isEmpty()) {
            throw refused(path, "no such role", null);
        }
        var lent = answer.get();
        var data = lent.getData();
        var lease = lent.getLeaseId();
        if (data == null || lease == null) {
            throw refused(path, "an empty answer", null);
        }
        return new Loan(
                lease,
                new Credential(
                        String.valueOf(data.get("username")), String.valueOf(data.get("password"))),
                Duration.ofSeconds(lent.getLeaseDuration()));
    }

    /** Prolongs a lease; how long it holds from now on. */
    Duration renew(String lease) {
        var answer = order("sys/leases/renew", lease);
        return answer.map(renewed -> Duration.ofSeconds(renewed.getLeaseDuration()))
                .orElse(Duration.ZERO);
    }

    /** Ends the lease now: Vault drops its user. */
    void revoke(String lease) {
        order("sys/leases/revoke", lease);
    }

    private Optional<VaultResponse> order(String path, String lease) {
        return ask(
                path, () -> Optional.ofNullable(operations.write(path, Map.of("lease_id", lease))));
    }

    /** A key in the clear, for memory only. */
    byte[] unwrap(String wrapped) {
        var answer =
                ask(
                        TRANSIT_KEY,
                        () ->
                                Optional.ofNullable(
                                        operations.write(
                                                TRANSIT_KEY, Map.of("ciphertext", wrapped))));
        return answer.map(VaultResponse::getData)
                .map(data -> data.get("plaintext"))
                .map(plain -> Base64.getDecoder().decode(plain.toString()))
                .orElseThrow(() -> refused(TRANSIT_KEY, "an empty answer", null));
    }

    /**
     * The public keys that sign merchants' tokens, a JWK set in JSON: this Vault's own, and its
     * copies of the other regions'. A Vault shows its next key a whole rotation ahead, so that a
     * copy is good when it is hours old, and a region verifies tokens of one that is gone.
     */
    String identityKeys() {
        var own =
                ask(
                                IDENTITY_KEYS,
                                () ->
                                        Optional.ofNullable(
                                                operations.doWithVault(http ->
                                                        http.getForObject(
                                                                IDENTITY_KEYS, JwkSet.class))))
                        .orElseThrow(() -> refused(IDENTITY_KEYS, "an empty answer", null));
        var copies = ask(KEY_COPIES, () -> Optional.ofNullable(operations.list(KEY_COPIES)));
        return copies.orElse(List.of()).stream().map(this::copy).reduce(own, JwkSet::and).json();
    }

    private JwkSet copy(String region) {
        var path = KEY_COPIES + "/" + region;
        return ask(path, () -> Optional.ofNullable(operations.read(path, JwkSet.class)))
                .map(VaultResponseSupport::getData)
                .orElseThrow(() -> refused(path, "an empty answer", null));
    }

    private static <T> Optional<T> ask(String path, Supplier<Optional<T>> question) {
        try {
            return question.get();
        } catch (VaultException | RestClientException failure) {
            throw judge(path, failure);
        }
    }

    /** Whether asking again may help. */
    static RuntimeException judge(String path, Throwable failure) {
        var status = status(failure);
        if (status.filter(Vault::isRefusal).isPresent()) {
            return refused(path, "HTTP " + status.orElseThrow(), failure);
        }
        var why = status.map(code -> "HTTP " + code).orElseGet(() -> root(failure));
        return new NotYet(path + ": " + why, failure);
    }

    private static boolean isRefusal(int status) {
        return status / 100 == CLIENT_ERRORS && status != TOO_MANY_REQUESTS;
    }

    private static StartRefused refused(String path, String why, @Nullable Throwable failure) {
        var problem = "Vault refuses " + path + ": " + why;
        var remedy =
                "Check that the policy of the agent's token allows the path, and that"
                        + " terraform/modules/vault/config is applied.";
        return failure == null
                ? new StartRefused(problem, remedy)
                : new StartRefused(problem, remedy, failure);
    }

    private static Optional<Integer> status(Throwable failure) {
        for (var each = failure; each != null; each = each.getCause()) {
            if (each instanceof HttpStatusCodeException http) {
                return Optional.of(http.getStatusCode().value());
            }
        }
        return Optional.empty();
    }

    private static String root(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
