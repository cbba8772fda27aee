package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.resource.Rotation.Cause;
import dev.paygateway.testing.Sandbox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Goal: a database user is exchanged before its time is over, and whatever happens to it, to its
 * lease or to Vault, whoever takes a connection does not notice.
 *
 * <p>Method: real MariaDB, OpenBao and agent with a role that lends for seconds; threads that work
 * without a pause, and count every connection that they did not get.
 */
class RotationTest {
    private static final Sandbox SANDBOX = Sandbox.shared();
    private static final String ROLE = "gateway-app";
    private static final int LONG = 14_400;
    private static final int WORKERS = 6;
    private static final Duration SOON = Duration.ofSeconds(60);

    static {
        TestParts.openSchema(SANDBOX);
    }

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestParts parts = TestParts.warm(SANDBOX, meters, WORKERS);

    /** How Vault goes away. */
    enum Outage {
        FROZEN,
        SEALED;

        void begin() {
            if (this == FROZEN) {
                SANDBOX.vault().freeze();
            } else {
                SANDBOX.vault().seal();
            }
        }

        void end() {
            if (this == FROZEN) {
                SANDBOX.vault().thaw();
            } else {
                SANDBOX.vault().unseal();
            }
        }
    }

    @AfterEach
    void giveBack() {
        SANDBOX.vault().lend(ROLE, 3_600, LONG);
        parts.close();
    }

    @Test
    void nobodyNoticesAnExchangeByAge() {
        SANDBOX.vault().lend(ROLE, 2, 2);
        try (var pools = open();
                var workers = new Workers(pools, WORKERS)) {
            await().atMost(SOON).until(() -> rotations(Cause.AGE) >= 8);
            assertThat(workers.failures()).isEmpty();
            assertThat(workers.answers()).isPositive();
            assertThat(workers.aliveMost()).isBetween(2, Pools.ALIVE_MAX);
            assertThat(meters.get("gateway.credential.drain").timer().count()).isPositive();
            assertThat(rotations(Cause.DENIED) + rotations(Cause.LEASE)).isZero();
        }
        assertThat(meters.get("gateway.pools.alive").gauge().value()).isZero();
        await().atMost(SOON).until(() -> users().isEmpty() && sessions().isEmpty());
    }

    @Test
    void renewsAtTwoThirdsOfTheLease() {
        SANDBOX.vault().lend(ROLE, 3, 600);
        try (var pools = open();
                var workers = new Workers(pools, 1)) {
            var first = pools.current().lease();
            await().atMost(SOON).until(() -> first.age().compareTo(Duration.ofSeconds(7)) > 0);
            assertThat(pools.current().lease()).isSameAs(first);
            assertThat(first.left()).isPositive();
            assertThat(SANDBOX.vault().holds(first.name())).isTrue();
            assertThat(workers.failures()).isEmpty();
        }
    }

    @Test
    void aLeaseThatVaultDoesNotRenewIsExchanged() {
        SANDBOX.vault().lend(ROLE, 3, 600);
        try (var pools = open();
                var workers = new Workers(pools, WORKERS)) {
            var first = pools.current().lease();
            SANDBOX.vault().revoke(first.name());
            await().atMost(SOON).until(() -> all() == 1);
            assertThat(pools.current().lease()).isNotSameAs(first);
            assertThat(workers.failures()).isEmpty();
        }
    }

    @Test
    void aLeaseThatIsCutShortIsExchanged() {
        SANDBOX.vault().lend(ROLE, 6, 600);
        try (var pools = open()) {
            SANDBOX.vault().lend(ROLE, 6, 6); // from now on renewals end with the sixth second
            await().atMost(SOON).until(() -> rotations(Cause.LEASE) == 1);
            assertThat(pools.current().lease().left()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void servesOnWhileVaultIsAwayAndExchangesOnceWhenItIsBack(Outage outage) {
        SANDBOX.vault().lend(ROLE, 3, 600);
        try (var pools = open();
                var workers = new Workers(pools, WORKERS)) {
            var first = pools.current().lease();
            outage.begin();
            try {
                await().atMost(SOON).until(() -> failedExchanges() > 1);
                assertThat(first.left()).isNegative();
                assertThat(pools.current().lease()).isSameAs(first);
            } finally {
                outage.end();
            }
            await().atMost(SOON).until(() -> all() > 0);
            var second = pools.current().lease();
            await().atMost(SOON).until(() -> second.age().compareTo(Duration.ofSeconds(5)) > 0);
            assertThat(pools.current().lease()).isSameAs(second);
            assertThat(rotations(Cause.LEASE)).isEqualTo(1);
            assertThat(workers.failures()).isEmpty();
        }
    }

    @Test
    void theLeaseOutlivesTheAgentAndDiesWithItsToken() {
        SANDBOX.vault().lend(ROLE, 3, 600);
        try (var pools = open();
                var workers = new Workers(pools, WORKERS)) {
            var first = pools.current().lease();
            var old = SANDBOX.vault().tokens("gateway");
            SANDBOX.vault().restartAgent("gateway");
            await().atMost(SOON).until(() -> first.age().compareTo(Duration.ofSeconds(7)) > 0);
            assertThat(pools.current().lease()).isSameAs(first);
            old.forEach(SANDBOX.vault()::expire);
            await().atMost(SOON).until(() -> all() == 1);
            assertThat(pools.current().lease()).isNotSameAs(first);
            assertThat(workers.failures()).isEmpty();
        }
    }

    @Test
    void openSessionsCarryOnWhenTheAgentsTokenIsGone() {
        SANDBOX.vault().lend(ROLE, 3, 600);
        try (var pools = open();
                var workers = new Workers(pools, WORKERS)) {
            await().atMost(SOON).until(() -> workers.answers() > 1_000); // its sessions are open
            SANDBOX.vault().tokens("gateway").forEach(SANDBOX.vault()::expire);
            await().atMost(SOON).until(() -> failedExchanges() > 0 || all() > 0);
            SANDBOX.vault().restartAgent("gateway");
            await().atMost(SOON).until(() -> all() > 0);
            assertThat(workers.failures()).isEmpty();
        }
    }

    @Test
    void aNewSessionWaitsForTheExchangeOfADroppedUser() throws SQLException {
        try (var small = TestParts.of(SANDBOX, meters);
                var pools = open(small);
                var first = pools.acquire()) {
            SANDBOX.database().execute("DROP USER '%s'@'%%'".formatted(user(first)));
            await().atMost(SOON).ignoreExceptions().until(() -> isDifferent(pools, first));
            assertThat(rotations(Cause.DENIED)).isEqualTo(1);
            assertThat(user(first)).startsWith("v-east-app-"); // its session lives on
        }
    }

    @Test
    void anOldWordOfADeniedLoginExchangesNothing() {
        SANDBOX.vault().lend(ROLE, 3, 600);
        try (var pools = open()) {
            var first = pools.current().lease();
            pools.suspect(new SQLException("denied", "28000", 1045));
            await().atMost(SOON).until(() -> first.age().compareTo(Duration.ofSeconds(4)) > 0);
            pools.suspect(new SQLException("deadlock", "40001", 1213));
            assertThat(first.left()).isPositive(); // it has been renewed since
            assertThat(all()).isZero();
        }
    }

    @Test
    @SuppressWarnings("OuterScope") // all at once: that is the case
    void theNextPoolIsAsLargeAsTheLastOne() throws SQLException {
        var failedReleases = new ArrayList<Throwable>();
        try (var small = TestParts.of(SANDBOX, meters);
                var pools = open(small);
                var scope = new Scope(failedReleases::add)) {
            for (var each = 0; each < 4; each++) {
                scope.own(pools::acquire);
            }
            try (var last = dropped(pools)) {
                assertThat(last.connection().isClosed()).isFalse();
                assertThat(pools.current().size()).isBetween(5, 6);
            }
        }
        assertThat(failedReleases).isEmpty();
    }

    @Test
    void neverKeepsMorePoolsThanItPromises() throws SQLException {
        try (var pools = open();
                var first = dropped(pools);
                var second = dropped(pools);
                var third = dropped(pools)) {
            assertThat(pools.alive()).isEqualTo(Pools.ALIVE_MAX);
            assertThatThrownBy(() -> user(first)).isInstanceOf(SQLException.class);
            assertThat(user(second)).isNotEqualTo(user(third));
        }
    }

    @Test
    void theLeaseIsGoneFromVaultAtTheEnd() {
        String lease;
        try (var pools = open()) {
            lease = pools.current().lease().name();
            assertThat(SANDBOX.vault().holds(lease)).isTrue();
        }
        await().atMost(SOON).until(() -> !SANDBOX.vault().holds(lease));
    }

    @MustBeClosed
    private Pools open() {
        return open(parts);
    }

    @MustBeClosed
    private static Pools open(TestParts parts) {
        return new Pools(parts.parts(), TestParts.IMPATIENT);
    }

    /** A session of a user that is dropped and exchanged while it lasts. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // handed to the caller, who is told the same
    private static HeldConnection dropped(Pools pools) throws SQLException {
        var held = pools.acquire();
        var lease = pools.current().lease();
        SANDBOX.database().execute("DROP USER '%s'@'%%'".formatted(lease.credential().user()));
        pools.suspect(new SQLException("denied", "28000", 1045));
        await().atMost(SOON).until(() -> !pools.current().lease().equals(lease));
        return held;
    }

    private static boolean isDifferent(Pools pools, HeldConnection first) throws SQLException {
        try (var connection = pools.acquire()) {
            return !user(connection).equals(user(first));
        }
    }

    private static String user(HeldConnection held) throws SQLException {
        try (var statement = held.connection().createStatement();
                var row = statement.executeQuery("SELECT SUBSTRING_INDEX(CURRENT_USER(),'@',1)")) {
            assertThat(row.next()).isTrue();
            return String.valueOf(row.getString(1));
        }
    }

    private double all() {
        return rotations(Cause.AGE) + rotations(Cause.DENIED) + rotations(Cause.LEASE);
    }

    private double rotations(Cause cause) {
        return meters.get("gateway.credential.rotations")
                .tag("cause", cause.tag())
                .counter()
                .count();
    }

    private double failedExchanges() {
        return meters.get("gateway.credential.rotation.failures").counter().count();
    }

    private static List<String> users() {
        return SANDBOX.database()
                .column("SELECT user FROM mysql.user WHERE user LIKE 'v-east-app-%'");
    }

    private static List<String> sessions() {
        return SANDBOX.database()
                .column(
                        "SELECT user FROM information_schema.processlist"
                                + " WHERE user LIKE 'v-east-app-%'");
    }
}
