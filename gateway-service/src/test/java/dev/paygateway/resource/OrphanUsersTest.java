package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.testing.Sandbox;
import dev.paygateway.testing.Tls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;

/**
 * Goal: users that no Vault will ever drop are dropped, and never one that a lease may hold.
 *
 * <p>Method: real MariaDB, OpenBao and the sweeper's agent; the users of a dead Vault are made by
 * hand, with the names that it would have given them.
 */
class OrphanUsersTest {
    private static final Sandbox SANDBOX = Sandbox.shared();
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String OLD = "v-east-app-1600000000-abcdefghijkl";
    private static final String OLDER = "v-east-app-1500000000-abcdefghijkl";
    private static final List<String> KEPT =
            List.of(
                    "v-north-app-1600000000-abcdefghijkl",
                    "v-east-app-abcdefghijkl",
                    "v-east-app-1600000000-abc",
                    "x-v-east-app-1600000000-abcdefghijkl",
                    "v-east-other-1600000000-abcdefghijkl",
                    "v-east-app-9999999999-abcdefghijkl");

    static {
        TestParts.openSchema(SANDBOX);
    }

    private final TestParts service = TestParts.of(SANDBOX, new SimpleMeterRegistry());
    private final TestParts sweeper =
            TestParts.with(
                    SANDBOX,
                    new SimpleMeterRegistry(),
                    Tls.mutual(
                            SANDBOX.memory().resolve("client.pem"),
                            SANDBOX.memory().resolve(Sandbox.CA)),
                    "gateway-sweeper",
                    "gateway-sweeper");

    @BeforeEach
    void makeLeases() throws SQLException {
        TestParts.makeLeases(SANDBOX);
    }

    @AfterEach
    void giveBack() {
        SANDBOX.vault().lend("gateway-app", 3_600, 14_400);
        drop(OLD);
        drop(OLDER);
        KEPT.forEach(OrphanUsersTest::drop);
        sweeper.close();
        service.close();
    }

    @Test
    void dropsWhoIsLeftOverAndNobodyElse() throws SQLException {
        make(OLD);
        KEPT.forEach(OrphanUsersTest::make);
        var young = "v-east-app-%d-abcdefghijkl".formatted(bornBefore(Duration.ofMinutes(-1)));
        make(young);
        try (var lease = new CredentialLease(service.parts().vault(), "gateway-app", clock());
                var left = session(OLD);
                var kept = session(young)) {
            sweep();
            assertThat(users())
                    .doesNotContain(OLD)
                    .contains(young, lease.credential().user())
                    .containsAll(KEPT)
                    .noneMatch(user -> user.startsWith("v-east-sweeper-"));
            assertThat(kept.isValid(1)).isTrue();
            await().atMost(SOON).until(() -> !left.isValid(1));
        } finally {
            drop(young);
        }
    }

    @Test
    void oneSweepsAtATime() throws Exception {
        make(OLD);
        var sweep = new FutureTask<Void>(this::sweep, null);
        try (var _ = TestParts.leases(SANDBOX).take(OrphanUsers.LEASE, SOON, Duration.ZERO)) {
            Thread.ofVirtual().start(sweep);
            var waits =
                    "SELECT User FROM information_schema.PROCESSLIST WHERE User LIKE 'v-%swee%'";
            await().atMost(SOON).until(() -> !SANDBOX.database().column(waits).isEmpty());
            assertThat(users()).contains(OLD);
        }
        sweep.get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(users()).doesNotContain(OLD);
    }

    @Test
    void aSweepWhoseLeaseWasTakenDropsNobodyElse() {
        make(OLD);
        make(OLDER);
        var sweep = new FutureTask<Void>(() -> sweep(Duration.ofSeconds(1)), null);
        Thread.ofVirtual().start(sweep);
        await().atMost(SOON).until(() -> !users().contains(OLDER));
        SANDBOX.database()
                .execute("UPDATE gateway.lease SET fence = fence + 1, revision = revision + 1");
        assertThatThrownBy(() -> sweep.get(SOON.toSeconds(), TimeUnit.SECONDS))
                .hasCauseInstanceOf(StartRefused.class)
                .hasMessageContaining("the lease sweep was lost");
        assertThat(users()).contains(OLD);
    }

    @Test
    void theAgeOfAUserOnLoanStandsInItsName() {
        try (var lease = new CredentialLease(service.parts().vault(), "gateway-app", clock())) {
            assertThat(lease.credential().user()).matches("v-east-app-\\d{10}-[A-Za-z0-9]{12}");
        }
    }

    @Test
    void sparesARoleThatLendsForLonger() {
        make(OLD);
        SANDBOX.vault().lend("gateway-app", 3_600, 14_401);
        sweep();
        assertThat(users()).contains(OLD);
    }

    @Test
    void theSweeperReadsNoPayment() {
        try (var lease = new CredentialLease(sweeper.parts().vault(), "gateway-sweeper", clock())) {
            var grants =
                    SANDBOX.database().column("SHOW GRANTS FOR '%s'@'%%'".formatted(name(lease)));
            assertThat(grants)
                    .anyMatch(grant -> grant.contains("gateway_sweeper"))
                    .noneMatch(grant -> grant.contains("`gateway`."));
        }
        assertThat(SANDBOX.database().column("SHOW GRANTS FOR gateway_sweeper"))
                .filteredOn(grant -> grant.contains("`gateway`."))
                .containsExactly(
                        "GRANT SELECT, INSERT, UPDATE ON `gateway`.`lease` TO `gateway_sweeper`");
    }

    private static String name(CredentialLease lease) {
        return lease.credential().user();
    }

    /** As old as a lease may get, and older by so much. */
    private static long bornBefore(Duration more) {
        return Instant.now().minus(OrphanUsers.AGE_MIN).minus(more).getEpochSecond();
    }

    private static InstantSource clock() {
        return InstantSource.system();
    }

    private void sweep() {
        sweep(Duration.ofMillis(1));
    }

    private void sweep(Duration gap) {
        new OrphanUsers(sweeper.parts(), TestParts.IMPATIENT, "east", gap)
                .run(new DefaultApplicationArguments());
    }

    private static void make(String user) {
        SANDBOX.database()
                .execute("CREATE USER '%s'@'%%' IDENTIFIED BY 'p' REQUIRE SSL".formatted(user));
        SANDBOX.database().execute("GRANT gateway_app TO '%s'@'%%'".formatted(user));
        SANDBOX.database().execute("SET DEFAULT ROLE gateway_app FOR '%s'@'%%'".formatted(user));
    }

    @MustBeClosed
    private Connection session(String user) throws SQLException {
        return service.look(new Credential(user, "p"));
    }

    private static void drop(String user) {
        SANDBOX.database().execute("DROP USER IF EXISTS '%s'@'%%'".formatted(user));
    }

    private static List<String> users() {
        return SANDBOX.database().column("SELECT User FROM mysql.user");
    }
}
