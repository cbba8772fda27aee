package dev.paygateway.chaos.kube;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.lab.Authority;
import dev.paygateway.chaos.lab.Await;
import dev.paygateway.chaos.lab.Folders;
import dev.paygateway.chaos.lab.Https;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.TlsIdentity;
import dev.paygateway.chaos.lab.VaultClient;
import dev.paygateway.chaos.lab.VaultConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The cluster's OpenBao: the files of terraform/modules/vault, those for Kubernetes with them, and
 * what is issued by it.
 */
final class Vault {
    static final String ADDRESS = "https://" + Ground.VAULT_ADDRESS + ":8200";

    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(1);
    private static final String ADMIN = "vault_east";
    private static final String NAME = "vault";

    private final Ground ground;
    private final Kubectl kubectl;

    Vault(Ground ground, Kubectl kubectl) {
        this.ground = ground;
        this.kubectl = kubectl;
    }

    /** Starts it, gives it its keys, and writes its configuration, but for the database's part. */
    void start() {
        var authority = new Authority("payment-gateway kube");
        Folders.write(ca(), authority.certificate());
        if (ground.isMeshed()) {
            authority.intermediate("mesh east").save(Mesh.authority(ground));
        }
        var own = authority.peer("CN=vault", Ground.VAULT_ADDRESS, NAME);
        var files =
                Map.of(
                        "ca.crt", authority.certificate(),
                        "tls.crt", own.certificate(),
                        "tls.key", own.key());
        kubectl.secret(NAME, "vault-server", files);
        kubectl.apply(ground.filled("manifests/vault.yaml", Map.of()));
        try (var https = new Https(authority.firstClient("lab"))) {
            initialise(https);
            var root = root(https);
            config().apply("1-mounts", root);
            kubernetes().apply("1-mounts", root);
            root.write("pki/config/ca", Map.of("pem_bundle", authority.bundle()));
            root.signMembers(new Authority("payment-gateway members"), "members east");
            config().apply("2-roles", root);
            kubernetes().apply("2-roles", root);
            root.issue("machinery", "lab", Map.of()).save(lab());
        }
    }

    private void initialise(Https https) {
        var anonymous = new VaultClient(https, ADDRESS, "");
        var health = URI.create(ADDRESS + "/v1/sys/health");
        if (!Await.holds(ANSWER_LIMIT, () -> https.probe(health).isPresent())) {
            throw LabFailure.failed("Vault does not answer at " + ADDRESS);
        }
        var keys = anonymous.write("sys/init", Map.of("secret_shares", 1, "secret_threshold", 1));
        var key = keys.path("keys_base64").path(0).asString();
        Folders.write(ground.memory().resolve("unseal.key"), key);
        Folders.write(token(), keys.path("root_token").asString());
        anonymous.write("sys/unseal", Map.of("key", key));
        if (!Await.holds(
                ANSWER_LIMIT, () -> https.probe(health).filter(Https.Answer::fine).isPresent())) {
            throw LabFailure.failed("Vault does not serve after it was unsealed");
        }
    }

    /** The database's part, as soon as it answers. */
    void connect(Database database) {
        try (var https = https()) {
            config().connectDatabase(
                            root(https), password -> database.prepareVault(ADMIN, password));
        }
    }

    private VaultConfig config() {
        return new VaultConfig(
                ground.root().resolve("terraform/modules/vault/config"),
                Map.of(
                        "region",
                        "east",
                        "vault_address",
                        ADDRESS,
                        "token_ttl",
                        "24h",
                        "database_address",
                        Ground.DATABASE_ADDRESS + ":3306",
                        "database_admin",
                        ADMIN,
                        "database_ca",
                        Folders.read(ca())));
    }

    private VaultConfig kubernetes() {
        return new VaultConfig(
                ground.root().resolve("terraform/modules/vault/kubernetes"),
                Map.of(
                        "kubernetes_host",
                        "https://" + Ground.API_ADDRESS + ":443",
                        "kubernetes_ca",
                        Folders.read(ground.pki().resolve("ca.pem"))));
    }

    /** The lane's own identity, for as long as the caller needs it. */
    @MustBeClosed
    Https https() {
        return new Https(identity());
    }

    TlsIdentity identity() {
        return TlsIdentity.load(ca(), lab());
    }

    VaultClient root(Https https) {
        return new VaultClient(https, ADDRESS, Folders.read(token()));
    }

    /** The key of fingerprints, wrapped: no secret. */
    String wrappedKey() {
        try (var https = https()) {
            return root(https)
                    .write("transit/datakey/wrapped/gateway-data", Map.of("bits", 256))
                    .path("data")
                    .path("ciphertext")
                    .asString();
        }
    }

    Path ca() {
        return ground.run().resolve("ca.pem");
    }

    private Path lab() {
        return ground.memory().resolve("lab");
    }

    private Path token() {
        return ground.memory().resolve("root.token");
    }
}
