package dev.paygateway.chaos.audit.secrecy;

import dev.paygateway.chaos.audit.evidence.Database;
import dev.paygateway.chaos.audit.evidence.Fault;
import dev.paygateway.chaos.audit.judge.Law;
import dev.paygateway.chaos.audit.judge.Ruling;
import dev.paygateway.chaos.audit.judge.Ruling.Breach;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * I19: no database user that Vault made outlives its lease, and no session outlives its user. A
 * user's name tells when it was made; when it was dropped nobody writes down, so a session without
 * a user counts from when it was first seen, or from the latest moment at which its user may have
 * lived.
 */
public final class Logins {
    /** The longest max_ttl that a role may have. */
    private static final Duration TTL_MAX = Duration.ofHours(4);

    private static final Duration GRACE = Duration.ofMinutes(30);
    private static final Duration SESSION_GRACE = Duration.ofMinutes(10);
    private static final Pattern MADE_BY_VAULT = Pattern.compile("v-.+-(\\d{9,11})-[^-]+");

    private static final String USERS = "SELECT User FROM mysql.user WHERE User LIKE 'v-%'";

    private static final String SESSIONS =
            "SELECT ID, USER FROM information_schema.PROCESSLIST WHERE USER LIKE 'v-%'";

    private static final String SEES_USERS =
            """
            SELECT (SELECT COUNT(*) FROM information_schema.COLUMN_PRIVILEGES
                    WHERE TABLE_SCHEMA = 'mysql' AND TABLE_NAME = 'user' AND COLUMN_NAME = 'User')
                 + (SELECT COUNT(*) FROM information_schema.TABLE_PRIVILEGES
                    WHERE TABLE_SCHEMA = 'mysql' AND TABLE_NAME = 'user'
                      AND PRIVILEGE_TYPE = 'SELECT')
                 + (SELECT COUNT(*) FROM information_schema.SCHEMA_PRIVILEGES
                    WHERE TABLE_SCHEMA = 'mysql' AND PRIVILEGE_TYPE = 'SELECT')
                 + (SELECT COUNT(*) FROM information_schema.USER_PRIVILEGES
                    WHERE PRIVILEGE_TYPE = 'SELECT')
            """;

    private static final String SEES_SESSIONS =
            """
            SELECT COUNT(*) FROM information_schema.USER_PRIVILEGES WHERE PRIVILEGE_TYPE = 'PROCESS'
            """;

    private final Map<Session, Instant> seenFirst = new HashMap<>();

    private record Session(String node, long id, String user) {}

    /** What the laws come to; nothing where the auditor may not look. */
    public record Result(Optional<Ruling> users, Optional<Ruling> sessions) {}

    /**
     * Looks at every node; to be asked again and again, for it remembers the sessions it saw.
     *
     * @param faults of which those that hit Vault give its users that much longer
     */
    public Result judge(Map<String, Database.Address> nodes, List<Fault> faults, Instant now)
            throws SQLException {
        var users = new Count(Law.I19);
        var sessions = new Count(Law.I19_SESSIONS);
        var ageMax = TTL_MAX.plus(GRACE).plus(withoutVault(faults, now));
        for (var node : nodes.entrySet()) {
            try (var connection = Database.connect(node.getValue())) {
                if (!may(connection, SEES_USERS)) {
                    return new Result(Optional.empty(), Optional.empty());
                }
                var living = users(connection);
                living.forEach(it -> users.add(tooOld(it, node.getKey(), now.minus(ageMax))));
                if (!may(connection, SEES_SESSIONS)) {
                    return new Result(Optional.of(users.ruling()), Optional.empty());
                }
                sessions(connection, node.getKey())
                        .forEach(it -> sessions.add(orphaned(it, living, now)));
            }
        }
        return new Result(Optional.of(users.ruling()), Optional.of(sessions.ruling()));
    }

    /** Subjects and breaches of one law. */
    private static final class Count {
        private final Law law;
        private final List<Breach> breaches = new ArrayList<>();
        private long subjects;

        Count(Law law) {
            this.law = law;
        }

        void add(Optional<Breach> breach) {
            subjects++;
            breach.ifPresent(breaches::add);
        }

        Ruling ruling() {
            return new Ruling(law, subjects, breaches);
        }
    }

    private static Duration withoutVault(List<Fault> faults, Instant now) {
        return faults.stream()
                .filter(fault -> fault.targets().stream().anyMatch(it -> it.contains("vault")))
                .map(fault -> Duration.between(fault.injected(), fault.healed().orElse(now)))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Optional<Breach> tooOld(String user, String node, Instant oldest) {
        return made(user)
                .filter(made -> made.isBefore(oldest))
                .map(made -> breach("user " + user + " on " + node, "made at " + made));
    }

    private Optional<Breach> orphaned(Session session, Set<String> living, Instant now) {
        if (living.contains(session.user())) {
            seenFirst.remove(session);
            return Optional.empty();
        }
        var seen = seenFirst.computeIfAbsent(session, _ -> now);
        var since = made(session.user()).map(made -> made.plus(TTL_MAX)).filter(seen::isAfter);
        return Optional.of(since.orElse(seen))
                .filter(from -> from.plus(SESSION_GRACE).isBefore(now))
                .map(from ->
                        breach(
                                "session %d of %s on %s"
                                        .formatted(session.id(), session.user(), session.node()),
                                "its user is gone since " + from + " at the latest"));
    }

    private static Breach breach(String subject, String problem) {
        return new Breach(subject, List.of(problem), List.of());
    }

    private static Optional<Instant> made(String user) {
        var name = MADE_BY_VAULT.matcher(user);
        return name.matches()
                ? Optional.of(Instant.ofEpochSecond(Long.parseLong(name.group(1))))
                : Optional.empty();
    }

    private static Set<String> users(Connection connection) throws SQLException {
        var users = new HashSet<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(USERS)) {
            while (rows.next()) {
                users.add(rows.getString(1));
            }
        }
        return users;
    }

    /** Whether the auditor was granted what a question needs. */
    private static boolean may(Connection connection, String question) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            return rows.next() && rows.getLong(1) > 0;
        }
    }

    private static List<Session> sessions(Connection connection, String node) throws SQLException {
        var sessions = new ArrayList<Session>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(SESSIONS)) {
            while (rows.next()) {
                sessions.add(new Session(node, rows.getLong(1), rows.getString(2)));
            }
        }
        return sessions;
    }
}
