package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.resource.Database.Standing;
import dev.paygateway.resource.Port.Mood;
import dev.paygateway.testing.Sandbox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Goal: sessions are opened on the nearest server, on another while it is away, and go home when it
 * is back.
 *
 * <p>Method: one real MariaDB behind two ways to it; the nearer one refuses or falls silent.
 */
class NearestServerTest {
    private static final Sandbox SANDBOX = Sandbox.shared();
    private static final Duration SOON = Duration.ofSeconds(60);

    static {
        TestParts.openSchema(SANDBOX);
    }

    private final Port near = new Port(SANDBOX.database().address());
    private final Port far = new Port(SANDBOX.database().address());
    private final TestParts parts =
            TestParts.on(SANDBOX, new SimpleMeterRegistry(), near.address(), far.address());

    NearestServerTest() throws IOException {}

    @AfterEach
    void giveBack() {
        SANDBOX.database().execute("SET GLOBAL read_only = 0");
        parts.close();
        near.close();
        far.close();
    }

    @ParameterizedTest
    @EnumSource(names = "OPEN", mode = EnumSource.Mode.EXCLUDE)
    void usesAnotherServerUntilTheNearestIsBack(Mood mood) throws SQLException {
        try (var pools = open();
                var watch = new DatabaseWatch(pools, parts.parts().logins())) {
            assertThat(isNear(pools)).isTrue();
            near.be(mood);
            await().atMost(SOON).ignoreExceptions().until(() -> !isNear(pools));
            assertThat(pools.isAway()).isTrue();
            assertThat(watch.standing()).isInstanceOf(Standing.Writable.class);
            near.be(Mood.OPEN);
            await().atMost(SOON).ignoreExceptions().until(() -> isNear(pools));
            assertThat(pools.isAway()).isFalse();
        }
    }

    @Test
    void startsWithoutTheNearest() throws SQLException {
        near.be(Mood.SILENT);
        try (var pools = open()) {
            assertThat(isNear(pools)).isFalse();
        }
    }

    @Test
    void aServerThatTakesNoWritesIsGoodForReadingOnly() throws SQLException {
        try (var pools = open()) {
            SANDBOX.database().execute("SET GLOBAL read_only = 1"); // Vault needs to write, too
            pools.current().comeHome();
            await().atMost(SOON).until(pools::isAway);
            standsReadOnly(pools);
        }
    }

    private void standsReadOnly(Pools pools) throws SQLException {
        try (var watch = new DatabaseWatch(pools, parts.parts().logins());
                var connection = pools.acquire()) {
            assertThat(connection.connection().isValid(1)).isTrue();
            assertThat(watch.standing()).isInstanceOf(Standing.ReadOnly.class);
        }
    }

    @MustBeClosed
    private Pools open() {
        return new Pools(parts.parts(), TestParts.IMPATIENT);
    }

    private boolean isNear(Pools pools) throws SQLException {
        try (var connection = pools.acquire();
                var statement = connection.connection().createStatement()) {
            statement.execute("DO 1"); // it may be cut, and the pool not know it
            return connection.connection().getMetaData().getURL().contains(near.address());
        }
    }
}
