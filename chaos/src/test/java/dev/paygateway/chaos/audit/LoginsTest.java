package dev.paygateway.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.vorburger.exec.ManagedProcessException;
import dev.paygateway.chaos.audit.evidence.Fault;
import dev.paygateway.chaos.audit.judge.Ruling.Breach;
import dev.paygateway.chaos.audit.secrecy.Logins;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: a database user that outlived its lease, and a session that outlived its user, are found;
 * an auditor who may not look says so instead of passing.
 *
 * <p>Method: users named as Vault names them in a real MariaDB; time is told, not waited for.
 */
class LoginsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir static Path server;
    private static AuditedDatabase database;

    private final Logins logins = new Logins();
    private Connection owner;

    @BeforeAll
    static void start() throws ManagedProcessException, IOException, SQLException {
        database = AuditedDatabase.start(server);
    }

    @AfterAll
    static void stop() throws ManagedProcessException {
        database.stop();
    }

    @BeforeEach
    void connect() throws SQLException {
        owner = database.connect();
    }

    @AfterEach
    void disconnect() throws SQLException {
        owner.close();
    }

    private String user(Duration age) throws SQLException {
        var name = "v-east-app-%d-AbC123xYz789".formatted(NOW.minus(age).getEpochSecond());
        execute("CREATE USER '%s'@localhost IDENTIFIED BY '%s'".formatted(name, name));
        return name;
    }

    private void drop(String user) throws SQLException {
        execute("DROP USER '%s'@localhost".formatted(user));
    }

    private void execute(String sql) throws SQLException {
        try (var statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    private Logins.Result judge(Instant now, Fault... faults) throws SQLException {
        return logins.judge(Map.of("east", database.watcher()), List.of(faults), now);
    }

    private static List<Breach> users(Logins.Result result) {
        return result.users().orElseThrow().breaches();
    }

    private static List<Breach> sessions(Logins.Result result) {
        return result.sessions().orElseThrow().breaches();
    }

    @Test
    void aUserThatOutlivedItsLeaseIsFound() throws SQLException {
        var young = user(Duration.ofMinutes(269));
        var old = user(Duration.ofMinutes(271));
        var result = judge(NOW);
        drop(young);
        drop(old);
        assertThat(users(result))
                .extracting(Breach::subject)
                .containsExactly("user " + old + " on east");
        assertThat(result.users().orElseThrow().subjects()).isEqualTo(2);
    }

    @Test
    void theTimeWithoutVaultIsNotCounted() throws SQLException {
        var old = user(Duration.ofMinutes(290));
        var from = NOW.minus(Duration.ofHours(2));
        var until = from.plus(Duration.ofMinutes(30));
        var fault = Copy.with(Traffic.fault(0, 1), "injected", from);
        fault = Copy.with(fault, "healed", Optional.of(until));
        var blamed = judge(NOW, fault);
        var excused = judge(NOW, Copy.with(fault, "targets", List.of("east-vault")));
        drop(old);
        assertThat(users(blamed)).hasSize(1);
        assertThat(users(excused)).isEmpty();
    }

    @Test
    void aSessionThatOutlivedItsUserIsFound() throws SQLException {
        var user = user(Duration.ofHours(1));
        try (var session = database.connectAs(user)) {
            assertThat(session.isValid(1)).isTrue();
            assertThat(sessions(judge(NOW))).isEmpty();
            drop(user);
            assertThat(sessions(judge(NOW))).isEmpty();
            assertThat(sessions(judge(NOW.plus(Duration.ofMinutes(9))))).isEmpty();
            assertThat(sessions(judge(NOW.plus(Duration.ofMinutes(11)))))
                    .singleElement()
                    .matches(breach -> breach.subject().contains(user));
        }
    }

    @Test
    void aSessionOfALongExpiredUserIsFoundAtOnce() throws SQLException {
        var user = user(Duration.ofMinutes(251));
        try (var session = database.connectAs(user)) {
            drop(user);
            assertThat(session.isClosed()).isFalse();
            assertThat(sessions(judge(NOW))).hasSize(1);
        }
    }

    @Test
    void anAuditorWhoMayNotLookSaysSo() throws SQLException {
        var result = logins.judge(Map.of("east", database.address()), List.of(), NOW);
        assertThat(result.users()).isEmpty();
        assertThat(result.sessions()).isEmpty();
    }
}
