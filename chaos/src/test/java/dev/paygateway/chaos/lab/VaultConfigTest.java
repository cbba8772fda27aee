package dev.paygateway.chaos.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: the files that Terraform will apply are read as their README says, and a role that lends
 * too long is refused.
 *
 * <p>Method: small folders of files, and the real one.
 */
final class VaultConfigTest {
    private static final String ROLE = "roles/database/roles/app.json";

    @TempDir private Path folder;

    @Test
    void makesAFileOneWriteOfItsPath() {
        Folders.write(
                folder.resolve("stage/sys/mounts/pki.json"), "{\"type\": \"pki\", \"n\": [1]}");
        Folders.write(folder.resolve("stage/sys/policies/acl/a.hcl"), "path \"x\" {}");
        var writes = config(Map.of()).writes("stage");
        assertThat(writes)
                .extracting(VaultConfig.Write::path)
                .containsExactly("sys/mounts/pki", "sys/policies/acl/a");
        assertThat(writes)
                .extracting(write -> write.body().toString())
                .containsExactly(
                        "{\"type\":\"pki\",\"n\":[1]}", "{\"policy\":\"path \\\"x\\\" {}\"}");
    }

    @Test
    void putsValuesInPlaceAndLeavesVaultsOwnBracesAlone() {
        Folders.write(folder.resolve("stage/a.json"), "{\"s\": [\"${region} {{name}} $1\"]}");
        var body = config(Map.of("region", "a\"$1\\")).writes("stage").getFirst().body();
        assertThat(body.path("s").path(0).asString()).isEqualTo("a\"$1\\ {{name}} $1");
    }

    @Test
    void namesTheFileAndTheValueThatIsMissing() {
        Folders.write(folder.resolve("stage/a.json"), "{\"s\": \"${regoin}\"}");
        assertThatThrownBy(() -> config(Map.of("region", "east")).writes("stage"))
                .hasMessageContaining("a.json")
                .hasMessageContaining("${regoin}")
                .hasMessageContaining("[region]");
    }

    @Test
    void namesTheFileThatIsNoJson() {
        Folders.write(folder.resolve("stage/a.json"), "{");
        assertThatThrownBy(() -> config(Map.of()).writes("stage")).hasMessageContaining("a.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"max_ttl\": \"5h\"}",
                "{\"max_ttl\": \"14401\"}",
                "{\"max_ttl\": 14401}",
                "{\"max_ttl\": \"1d\"}",
                "{\"max_ttl\": \"0\"}",
                "{\"max_ttl\": \"4h30m\"}",
                "{\"default_ttl\": \"1h\"}"
            })
    void refusesADatabaseRoleThatLendsLongerThanFourHours(String body) {
        Folders.write(folder.resolve(ROLE), body);
        assertThatThrownBy(() -> config(Map.of()).writes("roles"))
                .hasMessageContaining("app.json")
                .hasMessageContaining("max_ttl");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"max_ttl\": \"4h\"}", "{\"max_ttl\": 14400}", "{\"max_ttl\": \"10m\"}"})
    void takesADatabaseRoleThatLendsShorter(String body) {
        Folders.write(folder.resolve(ROLE), body);
        assertThat(config(Map.of()).writes("roles")).hasSize(1);
    }

    @Test
    void readsEveryFileOfTheRealConfiguration() {
        var values =
                Map.of(
                        "region", "east",
                        "vault_address", "https://vault",
                        "token_ttl", "1h",
                        "database_address", "database:3306",
                        "database_admin", "vault_east",
                        "database_admin_password", "p",
                        "database_ca", "ca",
                        "database_client", "client");
        var real = LabOptions.of(Path.of("..")).vaultConfig();
        var config = new VaultConfig(real, values);
        assertThat(config.writes("1-mounts")).isNotEmpty();
        assertThat(config.writes("2-roles"))
                .extracting(VaultConfig.Write::path)
                .contains("identity/oidc/role/gateway", "sys/policies/acl/gateway");
        assertThat(config.writes("3-database"))
                .extracting(VaultConfig.Write::path)
                .contains("database/roles/gateway-app");
    }

    private VaultConfig config(Map<String, String> values) {
        return new VaultConfig(folder, values);
    }
}
