package dev.paygateway.chaos.lab;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sandbox's users: two merchants and an operator, each with a certificate from Vault and a
 * token that Vault signed for it and bound to that certificate.
 */
public final class Merchants {
    private static final String PAYS = "payments:write payments:read refunds:write reports:read";
    private static final String OPERATES = "ops:read ops:act payments:read admin";
    private static final List<Merchant> ALL =
            List.of(
                    new Merchant("MERCHANT", "merchant", "m_demo1", PAYS),
                    new Merchant("MERCHANT2", "merchant2", "m_demo2", PAYS),
                    new Merchant("OPERATOR", "operator", "m_ops", OPERATES));

    private final VaultClient vault;
    private final Path run;

    public Merchants(VaultClient vault, Path run) {
        this.vault = vault;
        this.run = run;
    }

    /**
     * One of them.
     *
     * @param variable what its names in the environment file begin with
     * @param file what its files' names begin with
     * @param id the merchant's, also the certificate's common name and the token's {@code mid}
     */
    private record Merchant(String variable, String file, String id, String scope) {}

    /** Makes all of them and their files, mode 600; what the environment file says of them. */
    public Map<String, String> make() {
        var tokens = vault.read("sys/auth").path("data").path("token/").path("accessor").asString();
        var environment = new LinkedHashMap<String, String>();
        for (var merchant : ALL) {
            make(merchant, tokens, environment);
        }
        return environment;
    }

    private void make(Merchant merchant, String tokens, Map<String, String> environment) {
        var identity = vault.issue("merchant", merchant.id(), Map.of());
        var token = token(merchant, identity, tokens);
        var certificate = run.resolve(merchant.file() + ".pem");
        var key = run.resolve(merchant.file() + "-key.pem");
        Folders.write(certificate, identity.certificate());
        Folders.write(key, identity.key());
        Folders.write(run.resolve(merchant.file() + ".token"), token);
        environment.put(merchant.variable() + "_CERT", certificate.toString());
        environment.put(merchant.variable() + "_KEY", key.toString());
        environment.put(merchant.variable() + "_TOKEN", token);
    }

    /** Logs in as the merchant's identity for a moment, and has its token signed. */
    private String token(Merchant merchant, TlsIdentity identity, String tokens) {
        var metadata =
                Map.of(
                        "mid", merchant.id(),
                        "mode", "test",
                        "scope", merchant.scope(),
                        "x5t_s256", identity.thumbprint());
        var entity = Map.of("name", merchant.id(), "metadata", metadata);
        var id = vault.write("identity/entity", entity).path("data").path("id").asString();
        var alias = Map.of("name", merchant.id(), "canonical_id", id, "mount_accessor", tokens);
        vault.write("identity/entity-alias", alias);
        var login = Map.of("entity_alias", merchant.id(), "policies", List.of("merchant"));
        var answer = vault.write("auth/token/create/merchant", login);
        var merchantsOwn = vault.as(answer.path("auth").path("client_token").asString());
        var signed = merchantsOwn.read("identity/oidc/token/gateway");
        merchantsOwn.write("auth/token/revoke-self", Map.of());
        return signed.path("data").path("token").asString();
    }
}
