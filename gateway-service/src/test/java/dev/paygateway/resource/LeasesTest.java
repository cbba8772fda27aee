package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.testing.Sandbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Goal: of one name there is one owner in the whole cluster; who has lost it knows, and is refused
 * even where it does not know.
 *
 * <p>Method: two owners over a real MariaDB, each with a switch that takes its database away.
 */
class LeasesTest {
    private static final Sandbox SANDBOX = Sandbox.shared();
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(900);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String DEED = "UPDATE lease SET revision = revision + ? WHERE name = 'a'";

    static {
        TestParts.openSchema(SANDBOX);
    }

    private final Owner one = new Owner();
    private final Owner two = new Owner();

    /** One that may lose its database. */
    private static final class Owner {
        private final Holdings holdings = new Holdings();
        private final Leases leases = new Leases(holdings, this::open);
        private volatile boolean isCutOff;

        @MustBeClosed
        @SuppressWarnings("MustBeClosedChecker") // handed to the caller, who is told the same
        private Connection open() throws SQLException {
            if (isCutOff) {
                throw new SQLException("cut off", "08000");
            }
            var session = TestParts.schema(SANDBOX);
            session.setAutoCommit(false); // as the sessions of a pool are
            return session;
        }

        @MustBeClosed
        private Lease take(Duration length, Duration wait) throws Taken, SQLException {
            return leases.take("a", length, wait);
        }
    }

    @BeforeEach
    void makeTable() throws SQLException {
        TestParts.makeLeases(SANDBOX);
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(one.holdings.lines()).isEmpty();
        assertThat(two.holdings.lines()).isEmpty();
    }

    @Test
    void oneOwnerAtATime() throws Exception {
        long first;
        try (var lease = one.take(LONG, Duration.ZERO)) {
            first = lease.fence();
            assertThat(lease.isHeld()).isTrue();
            assertThat(one.holdings.count(Kind.LEASE)).isOne();
            assertThatThrownBy(() -> takeAndRelease(two, LONG, SHORT)).isInstanceOf(Taken.class);
            try (var other = two.leases.take("b", LONG, Duration.ZERO)) {
                assertThat(other.isHeld()).isTrue();
            }
        }
        try (var lease = two.take(LONG, Duration.ZERO)) {
            assertThat(lease.fence()).isEqualTo(first + 1);
        }
    }

    @Test
    void isRenewedWhileItIsHeld() throws Exception {
        try (var lease = one.take(SHORT, Duration.ZERO)) {
            assertThatThrownBy(() -> takeAndRelease(two, SHORT, SHORT.multipliedBy(3)))
                    .isInstanceOf(Taken.class);
            lease.requireHeld();
        }
    }

    @Test
    void whoIsCutOffKnowsBeforeAnotherCanHaveIt() throws Exception {
        try (var lost = one.take(SHORT, Duration.ZERO)) {
            one.isCutOff = true;
            try (var next = two.take(LONG, SOON)) {
                assertThat(lost.isHeld()).isFalse();
                assertThatThrownBy(lost::requireHeld).isInstanceOf(LeaseLost.class);
                assertThat(next.fence()).isEqualTo(lost.fence() + 1);
            }
        }
    }

    @Test
    void aStaleOwnersWriteIsRefused() throws Exception {
        try (var stale = one.take(SHORT, Duration.ZERO);
                var session = two.open()) {
            stale.write(session, DEED, 100);
            one.isCutOff = true;
            try (var next = two.take(LONG, SOON)) {
                var before = revision();
                assertThatThrownBy(() -> stale.write(session, DEED, 1))
                        .isInstanceOf(LeaseLost.class);
                assertThat(revision()).isEqualTo(before);
                next.write(session, DEED, 10);
                assertThat(revision()).isEqualTo(before + 11);
            }
        }
    }

    @Test
    void aStaleOwnerNeitherRenewsNorReleasesWhatIsAnothers() throws Exception {
        try (var stale = one.take(SHORT, Duration.ZERO)) {
            SANDBOX.database()
                    .execute(
                            "UPDATE gateway.lease SET fence = fence + 1, revision = revision + 1,"
                                    + " lease_owner = 'another', lease_until = '2100-01-01'");
            await().atMost(SHORT).until(() -> !stale.isHeld());
        }
        assertThat(column("lease_owner")).isEqualTo("another");
        assertThat(column("lease_until")).startsWith("2100-01-01");
    }

    @Test
    void aRowThatTheDeedCannotWriteLeavesTheGuardUnwritten() throws Exception {
        try (var lease = one.take(LONG, Duration.ZERO);
                var session = one.open()) {
            var before = revision();
            assertThatThrownBy(() -> lease.write(session, "UPDATE lease SET fence = ?", -1))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("CONSTRAINT");
            assertThat(revision()).isEqualTo(before);
        }
    }

    @Test
    void aReleaseThatFailsIsNotThrownAndTheLeaseEndsByItself() throws Exception {
        try (var _ = one.take(SHORT, Duration.ZERO)) {
            one.isCutOff = true;
        }
        try (var next = two.take(LONG, SOON)) {
            assertThat(next.isHeld()).isTrue();
        }
    }

    @Test
    void waitsForADatabaseThatIsAwayAndNotForAMissingTable() throws Exception {
        one.isCutOff = true;
        assertThatThrownBy(() -> takeAndRelease(one, SHORT, SHORT))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("cut off");
        SANDBOX.database().execute("DROP TABLE gateway.lease");
        assertThatThrownBy(() -> takeAndRelease(two, LONG, LONG))
                .isInstanceOf(SQLSyntaxErrorException.class);
    }

    /** The thread that renews must not keep alive what nobody else can reach. */
    @Test
    void aHandleThatWasDroppedIsFound() throws Exception {
        var careless = new Owner();
        drop(careless);
        await().atMost(SOON)
                .until(() -> {
                    System.gc();
                    careless.holdings.look(LONG);
                    return careless.holdings.hasLeaked();
                });
        careless.isCutOff = true; // ends its renewals
    }

    @SuppressWarnings({"MustBeClosedChecker", "ReturnValueIgnored"}) // the leak
    private static void drop(Owner careless) throws Exception {
        careless.take(SHORT, Duration.ZERO);
    }

    private static void takeAndRelease(Owner owner, Duration length, Duration wait)
            throws Taken, SQLException {
        try (var lease = owner.take(length, wait)) {
            assertThat(lease.isHeld()).isTrue();
        }
    }

    private static long revision() {
        return Long.parseLong(column("revision"));
    }

    private static String column(String name) {
        return SANDBOX.database()
                .column("SELECT " + name + " FROM gateway.lease WHERE name = 'a'")
                .getFirst();
    }
}
