package dev.paygateway.chaos.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: every port of the running gateway is closed to whoever has no certificate of ours, and its
 * database sessions are those of Vault's short-lived users, who change no schema.
 *
 * <p>Method: one whole lab; its ports tried by strangers, its database asked as the superuser. What
 * the database's own port refuses is in {@link LabTest}.
 */
@Tag("system")
final class PortsTest {
    private static final Path STATE = Path.of("target", "ports-test");
    private static final int PORT_OFFSET = 5_500;
    private static final List<String> SCHEMA_RIGHTS =
            List.of("ALL PRIVILEGES", "CREATE", "ALTER", "DROP", "INDEX", "TRIGGER", "REFERENCES");

    @SuppressWarnings("NullAway.Init")
    private static Lab lab;

    @BeforeAll
    static void up() {
        Lab.down(STATE);
        lab =
                Lab.up(
                        LabOptions.of(Path.of(".."))
                                .withStateFolder(STATE)
                                .withPortOffset(PORT_OFFSET));
    }

    @AfterAll
    static void down() {
        Lab.down(STATE);
    }

    static Stream<String> ports() {
        var parts =
                Stream.of("vault", "agent-1", "agent-2", "amber", "basalt")
                        .map(name -> lab.part(name).ready().toString());
        var gateways =
                Stream.of("GATEWAY_URLS", "MANAGEMENT_URLS")
                        .flatMap(name -> Stream.of(lab.env().require(name).split(",", -1)))
                        .map(url -> url + "/actuator/health/readiness");
        return Stream.concat(parts, gateways);
    }

    @ParameterizedTest
    @MethodSource("ports")
    void letsOnlyHoldersOfACertificateIn(String url) {
        assertThat(MutualTlsCheck.as(lab.secrets("gateway-1")).letIn(url))
                .containsExactly(MutualTlsCheck.Caller.TRUSTED);
    }

    @Test
    void leavesNoPortOfTheLabUntried() {
        var tried = ports().map(url -> URI.create(url).getAuthority()).toList();
        var served =
                lab.parts().stream()
                        .filter(part -> part.role() != Role.DATABASE)
                        .filter(part -> !part.address().equals(Part.NOWHERE));
        assertThat(tried).containsAll(served.map(Part::address).toList());
    }

    @Test
    void hasNoPortForAnAgentThatLendsNothing() {
        assertThat(lab.part(DatabaseAgent.NAME).address()).isEqualTo(Part.NOWHERE);
        var config = site().run().resolve(DatabaseAgent.NAME).resolve("agent.hcl");
        assertThat(Folders.read(config)).contains("template").doesNotContain("listener");
    }

    @Test
    void speaksToTheDatabaseAsTheUsersThatVaultLends() {
        var users =
                root(
                        "SELECT DISTINCT USER FROM information_schema.PROCESSLIST"
                                + " WHERE DB = 'gateway'");
        assertThat(users).hasSize(Instances.COUNT).allMatch(user -> user.startsWith("v-east-app-"));
        assertThat(root("SELECT User FROM mysql.user WHERE User LIKE 'v-%' ORDER BY User"))
                .as("one user for each lease that Vault knows of")
                .hasSize(leases())
                .containsAll(users);
    }

    @Test
    void givesTheServicesUsersNoRightToChangeTheSchema() {
        var user = root("SELECT User FROM mysql.user WHERE User LIKE 'v-east-app-%' LIMIT 1");
        var own = root("SHOW GRANTS FOR '" + user.getFirst() + "'@'%'");
        assertThat(own).hasSize(3).anyMatch(grant -> grant.startsWith("GRANT `gateway_app` TO"));
        var all = Stream.of(own, root("SHOW GRANTS FOR gateway_app")).flatMap(List::stream);
        assertThat(all).noneMatch(PortsTest::changesSchemas).anyMatch(g -> g.contains("INSERT"));
    }

    @Test
    void givesThePublicNoRightAtAll() {
        assertThat(root("SHOW GRANTS FOR PUBLIC")).isEmpty();
        assertThat(root("SELECT Db FROM mysql.db WHERE Db LIKE 'test%'")).isEmpty();
        assertThat(root("SHOW DATABASES LIKE 'test%'")).isEmpty();
    }

    private static boolean changesSchemas(String grant) {
        var rights = grant.substring(0, Math.max(0, grant.indexOf(" ON ")));
        return SCHEMA_RIGHTS.stream().anyMatch(rights::contains);
    }

    private static int leases() {
        var vault = new VaultServer(site());
        try (var https = new Https(TlsIdentity.load(site().ca(), site().ownIdentity()))) {
            return vault.root(https)
                    .read("sys/leases/lookup/database/creds/gateway-app?list=true")
                    .path("data")
                    .path("keys")
                    .size();
        }
    }

    private static List<String> root(String sql) {
        var outcome = new Database(site()).sql(sql + ";");
        assertThat(outcome.fine()).as(outcome.output()).isTrue();
        return outcome.output().lines().toList();
    }

    private static Site site() {
        return State.read(STATE.toAbsolutePath().resolve("run")).orElseThrow().site();
    }
}
