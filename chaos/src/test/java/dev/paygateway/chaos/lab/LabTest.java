package dev.paygateway.chaos.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goal: the sandbox's parts are real, trust nobody without a certificate of its authority, and come
 * back from a kill.
 *
 * <p>Method: one lab of real processes without gateway instances, asked as an instance would ask
 * it.
 */
@Tag("system")
final class LabTest {
    private static final Path STATE = Path.of("target", "lab-test");
    private static final int PORT_OFFSET = 4_000;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String PASSWORD = "of-a-store-in-memory";
    private static final JsonMapper JSON = new JsonMapper();

    @SuppressWarnings("NullAway.Init")
    private static Lab lab;

    @BeforeAll
    static void up() {
        Lab.down(STATE);
        lab = Lab.up(options());
    }

    @AfterAll
    static void down() {
        Lab.down(STATE);
    }

    private static LabOptions options() {
        return LabOptions.of(Path.of(".."))
                .withStateFolder(STATE)
                .withPortOffset(PORT_OFFSET)
                .withoutInstances();
    }

    @Test
    void lendsAShortLivedDatabaseUserThroughTheAgent() throws Exception {
        var lease = lease();
        assertThat(lease.user()).startsWith("v-east-app-");
        assertThat(lease.seconds()).isEqualTo(3_600);
        try (var connection = login(lease, Optional.of(gateway()))) {
            assertThat(ask(connection, "SELECT CURRENT_USER()")).isEqualTo(lease.user() + "@%");
            assertThat(ask(connection, "SELECT CURRENT_ROLE()")).isEqualTo("gateway_app");
            assertThat(ask(connection, "SELECT @@transaction_isolation"))
                    .isEqualTo("READ-COMMITTED");
        }
    }

    @Test
    void lendsEachCallerAUserOfItsOwn() throws Exception {
        assertThat(lease().user()).isNotEqualTo(lease().user());
    }

    @Test
    void grantsTheServiceNoChangeOfTheSchema() throws Exception {
        var lease = lease();
        try (var connection = login(lease, Optional.of(gateway()))) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(
                            () -> ask(connection, "CREATE TABLE gateway.t (id INT PRIMARY KEY)"))
                    .matches(refused -> refused.getErrorCode() == 1142);
        }
    }

    @Test
    void letsNobodyIntoTheDatabaseWithoutTheServicesCertificate() throws Exception {
        var lease = lease();
        var ours = gateway();
        var foreign = new Authority("foreign").firstClient("gateway");
        var merchant =
                new TlsIdentity(
                        ours.ca(),
                        Folders.read(Path.of(lab.env().require("MERCHANT_CERT"))),
                        Folders.read(Path.of(lab.env().require("MERCHANT_KEY"))));
        assertThatThrownBy(() -> login(lease, Optional.empty()).close())
                .isInstanceOf(SQLException.class);
        for (var identity :
                List.of(
                        TlsIdentity.anonymous(ours.ca()),
                        new TlsIdentity(ours.ca(), foreign.certificate(), foreign.key()),
                        merchant)) {
            assertThatThrownBy(() -> login(lease, Optional.of(identity)).close())
                    .isInstanceOf(SQLException.class);
        }
        login(lease, Optional.of(ours)).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vault", "agent-1", "agent-2", "amber", "basalt"})
    void letsOnlyHoldersOfACertificateSpeakToAPart(String name) {
        var check = MutualTlsCheck.as(lab.secrets("gateway-1"));
        assertThat(check.letIn(lab.part(name).ready().toString()))
                .containsExactly(MutualTlsCheck.Caller.TRUSTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"database", "vault", "agent-2", "agent-database", "amber"})
    void bringsAKilledPartBack(String name) throws Exception {
        lab.stop(name, Signal.KILL);
        assertThat(lab.part(name).state()).isEqualTo(Part.State.STOPPED);
        lab.start(name);
        assertThat(lab.part(name).state()).isEqualTo(Part.State.RUNNING);
        login(lease(), Optional.of(gateway())).close();
    }

    @Test
    void tellsADeadPartFromAStoppedOne() {
        lab.part("basalt").process().orElseThrow().send("KILL");
        Await.holds(LIMIT, () -> !lab.part("basalt").alive());
        assertThat(lab.part("basalt").state()).isEqualTo(Part.State.DEAD);
        lab.start("basalt");
    }

    @Test
    void freezesAPartAndLetsItGoOn() {
        lab.stop("basalt", Signal.STOP);
        assertThat(lab.part("basalt").state()).isEqualTo(Part.State.FROZEN);
        assertThatThrownBy(() -> lab.start("basalt")).hasMessageContaining("--signal CONT");
        lab.stop("basalt", Signal.CONT);
        assertThat(lab.part("basalt").state()).isEqualTo(Part.State.RUNNING);
    }

    @ParameterizedTest
    @CsvSource({
        "basalt, is no JVM of the service",
        "database, is no JVM of the service",
        "gateway-9, there are database"
    })
    void recordsInstancesOfTheServiceAlone(String name, String words) {
        var file = STATE.resolve("never.jfr");
        assertThatThrownBy(() -> lab.record(name, LIMIT, file))
                .hasMessageContaining(words)
                .asInstanceOf(type(LabFailure.class))
                .returns(LabFailure.Kind.USAGE, LabFailure::kind);
        assertThat(file).doesNotExist();
    }

    @Test
    void isUpOnlyOnce() {
        assertThatThrownBy(() -> Lab.up(options())).hasMessageContaining("already up");
    }

    @Test
    void keepsPrivateKeysAndVaultsKeysOffTheDisk() throws IOException {
        var rootToken = Folders.read(lab.secrets("vault").resolve("root.token"));
        var unsealKey = Folders.read(lab.secrets("vault").resolve("unseal.key"));
        var leaking = new ArrayList<Path>();
        try (var files = Files.walk(STATE.resolve("run"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var text = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (text.contains("PRIVATE KEY")
                        || text.contains(rootToken)
                        || text.contains(unsealKey)) {
                    leaking.add(file.getFileName());
                }
            }
        }
        assertThat(leaking)
                .containsExactlyInAnyOrder(
                        Path.of("merchant-key.pem"),
                        Path.of("merchant2-key.pem"),
                        Path.of("operator-key.pem"));
    }

    private record Lease(String user, String password, long seconds) {}

    private static TlsIdentity gateway() {
        var secrets = lab.secrets("gateway-1");
        return TlsIdentity.combined(secrets.resolve("ca.pem"), secrets.resolve("client.pem"));
    }

    private static Lease lease() throws IOException {
        try (var https = new Https(gateway())) {
            var agent = "https://" + lab.part("agent-1").address();
            var path = URI.create(agent + "/v1/database/creds/gateway-app");
            var answer = JSON.readTree(https.send(HttpRequest.newBuilder(path)).body());
            return new Lease(
                    answer.path("data").path("username").asString(),
                    answer.path("data").path("password").asString(),
                    answer.path("lease_duration").asLong());
        }
    }

    /** Empty: without TLS at all. */
    private static Connection login(Lease lease, Optional<TlsIdentity> identity)
            throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", lease.user());
        properties.setProperty("password", lease.password());
        properties.setProperty("sslMode", identity.isPresent() ? "verify-full" : "disable");
        identity.ifPresent(present -> addTls(properties, present));
        return DriverManager.getConnection(
                "jdbc:mariadb://" + lab.part("database").address() + "/", properties);
    }

    private static void addTls(Properties properties, TlsIdentity identity) {
        properties.setProperty(
                "serverSslCert", lab.secrets("gateway-1").resolve("ca.pem").toString());
        if (identity.certificate().isEmpty()) {
            return;
        }
        var store = lab.secrets("gateway-1").resolve("test.p12");
        try (var out = Files.newOutputStream(store)) {
            identity.keyStore(PASSWORD.toCharArray()).store(out, PASSWORD.toCharArray());
        } catch (IOException | GeneralSecurityException broken) {
            throw new UncheckedIOException(new IOException(broken));
        }
        properties.setProperty("keyStore", store.toString());
        properties.setProperty("keyStorePassword", PASSWORD);
        properties.setProperty("keyStoreType", "PKCS12");
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
