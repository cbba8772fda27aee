package dev.paygateway.chaos.lab;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The region's Vault: one OpenBao server with storage in {@code run/vault}; its unseal key and root
 * token are only in memory.
 */
final class VaultServer {
    static final String NAME = "vault";

    /** What wraps the keys that the service holds in memory. */
    static final String TRANSIT_KEY = "gateway-data";

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
    private static final JsonMapper JSON = new JsonMapper();

    private final Site site;

    VaultServer(Site site) {
        this.site = site;
    }

    String address() {
        return site.ports().url(site.ports().vault());
    }

    Part part(Path bao) {
        var config = Folders.write(site.folder(NAME).resolve("server.hcl"), config());
        Folders.make(site.folder(NAME).resolve("storage"));
        var command = List.of(bao.toString(), "server", "-config=" + config);
        return site.part(NAME, Role.VAULT, site.ports().vault(), command)
                .readyWhen(URI.create(address() + "/v1/sys/health"), List.of());
    }

    private String config() {
        var secrets = site.secrets(NAME);
        return """
        ui           = false
        api_addr     = "%1$s"
        cluster_addr = "%2$s"
        storage "raft" {
          path                   = "%3$s/storage"
          node_id                = "%9$s"
          performance_multiplier = 1
        }
        listener "tcp" {
          address                            = "%10$s:%4$d"
          cluster_address                    = "%10$s:%5$d"
          tls_cert_file                      = "%6$s"
          tls_key_file                       = "%7$s"
          tls_client_ca_file                 = "%8$s"
          tls_require_and_verify_client_cert = true
          tls_min_version                    = "tls12"
        }
        audit "file" "file" {
          options {
            file_path = "%3$s/audit.log"
          }
        }
        """
                .formatted(
                        address(),
                        site.ports().url(site.ports().vaultCluster()),
                        site.folder(NAME),
                        site.ports().vault(),
                        site.ports().vaultCluster(),
                        TlsIdentity.certificateIn(secrets),
                        TlsIdentity.keyIn(secrets),
                        site.ca(),
                        site.region(),
                        site.ports().address());
    }

    /** Makes a new Vault's keys and keeps them in memory. */
    void initialise(Https https) {
        var shares = Map.of("secret_shares", 1, "secret_threshold", 1);
        var answer = new VaultClient(https, address(), "").write("sys/init", shares);
        save("unseal.key", answer.path("keys_base64").path(0));
        save("root.token", answer.path("root_token"));
    }

    private void save(String name, JsonNode secret) {
        Folders.write(site.secrets(NAME).resolve(name), secret.asString());
    }

    /** Waits until the server speaks, unseals it if it has a key, and waits until it serves. */
    void unseal(Https https) {
        var health = URI.create(address() + "/v1/sys/health");
        if (!Await.holds(ANSWER_LIMIT, () -> https.probe(health).isPresent())) {
            throw LabFailure.failed("Vault does not answer at " + address());
        }
        var key = Folders.read(site.secrets(NAME).resolve("unseal.key"));
        var body = JSON.createObjectNode().put("key", key);
        new VaultClient(https, address(), "").write("sys/unseal", body);
    }

    /**
     * The one set of files, with this region's values; the database's secrets are still missing.
     */
    VaultConfig files() {
        var values =
                Map.of(
                        "region",
                        site.region(),
                        "vault_address",
                        address(),
                        "token_ttl",
                        "24h",
                        "database_address",
                        databaseAddress(),
                        "database_admin",
                        Database.admin(site),
                        "database_ca",
                        Folders.read(site.ca()));
        return new VaultConfig(site.options().vaultConfig(), values);
    }

    private String databaseAddress() {
        return site.ports().authority(site.ports().database());
    }

    /** This Vault, as it is compared with another region's. */
    VaultParity.Side side(Https https) {
        var own =
                Map.of(
                        address(),
                        "${vault_address}",
                        databaseAddress(),
                        "${database_address}",
                        Database.admin(site),
                        "${database_admin}",
                        "v-" + site.region() + "-",
                        "v-${region}-");
        return new VaultParity.Side(site.region(), files(), own, root(https));
    }

    /** With all rights, for the lab's own set-up. */
    VaultClient root(Https https) {
        var token = Folders.read(site.secrets(NAME).resolve("root.token"));
        return new VaultClient(https, address(), token);
    }
}
