package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.paygateway.resource.Database.Standing;
import dev.paygateway.testing.GaleraNode;
import dev.paygateway.testing.Sandbox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Goal: a server that has lost its majority is noticed, is not taken for one that works, and is
 * used again once it has found the others.
 *
 * <p>Method: a real Galera server whose only other member, an arbitrator, is out of reach for a
 * while; a plain server stands for the one of the other region.
 */
class CutOffTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Credential USER = new Credential("watcher", "w");
    private static final String MAKE_USER =
            "CREATE OR REPLACE USER watcher@'%' IDENTIFIED BY 'w' REQUIRE SSL";

    private static Sandbox sandbox;
    private static GaleraNode node;

    private final Away away = new Away();

    @BeforeAll
    static void start() throws IOException, SQLException {
        GaleraNode.missing().ifPresent(why -> Assumptions.abort("no Galera here: " + why));
        sandbox = Sandbox.shared();
        var server = sandbox.memory().resolve("server.pem");
        node =
                new GaleraNode(
                        "--ssl-ca=" + sandbox.memory().resolve(Sandbox.CA),
                        "--ssl-cert=" + server + ".crt",
                        "--ssl-key=" + server + ".key");
        try (var session = node.administrator("");
                var statement = session.createStatement()) {
            statement.execute(MAKE_USER);
            statement.execute("GRANT SELECT ON mysql.* TO watcher@'%'");
        }
        sandbox.database().execute(MAKE_USER);
        sandbox.database().execute("GRANT SELECT ON mysql.* TO watcher@'%'");
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
    }

    @AfterEach
    void heal() {
        node.heal();
    }

    /** A pool of which only the credential and the place matter. */
    private static final class Away implements DatabaseWatch.Subject {
        private final AtomicInteger comings = new AtomicInteger();

        @Override
        public Credential credential() {
            return USER;
        }

        @Override
        public boolean suspect(SQLException error) {
            return false;
        }

        @Override
        public boolean isAway() {
            return comings.get() == 0;
        }

        @Override
        public void comeHome() {
            comings.incrementAndGet();
        }
    }

    private String home() {
        return "127.0.0.1:" + node.port();
    }

    private static TestParts parts(String... hosts) {
        return TestParts.on("mysql", sandbox, new SimpleMeterRegistry(), hosts);
    }

    @Test
    void isNoticedAndForgottenAgain() {
        try (var parts = parts(home());
                var watch = new DatabaseWatch(away, parts.parts().logins())) {
            assertThat(watch.standing()).isEqualTo(new Standing.Writable());
            node.cut();
            node.awaitCutOff();
            await().atMost(SOON).until(() -> watch.standing().equals(new Standing.CutOff()));
            assertThatIsCutOff(parts);
            node.heal();
            await().atMost(SOON).until(() -> watch.standing().equals(new Standing.Writable()));
        }
    }

    private static void assertThatIsCutOff(TestParts parts) {
        assertThatThrownBy(() -> url(parts))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getErrorCode()).isEqualTo(1047));
    }

    @Test
    void isToldEvenWhereNoOtherServerAnswers() {
        node.cut();
        node.awaitCutOff();
        try (var parts = parts(home(), "127.0.0.1:1")) {
            assertThatIsCutOff(parts); // the one that refuses is asked last
            assertThatIsCutOff(parts);
        }
    }

    @Test
    void leavesTheWorkToAnotherServerMeanwhile() throws SQLException {
        var other = sandbox.database().address();
        try (var parts = parts(home(), other);
                var watch = new DatabaseWatch(away, parts.parts().logins())) {
            node.cut();
            node.awaitCutOff();
            await().atMost(SOON).until(() -> url(parts).contains(other));
            await().atMost(SOON).until(() -> watch.standing().equals(new Standing.Writable()));
            assertThat(away.isAway()).isTrue();
            node.heal();
            await().atMost(SOON).until(() -> !away.isAway());
            assertThat(url(parts)).contains(home());
        }
    }

    private static String url(TestParts parts) throws SQLException {
        try (var session = parts.look(USER)) {
            return session.getMetaData().getURL();
        }
    }
}
