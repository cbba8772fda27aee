package dev.paygateway.resource;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;

/**
 * A process that takes the lease again and again and writes under it as fast as it can, until a
 * write is refused. It ends with its parent, whose end of its standard input it reads.
 */
final class LeaseHolder {
    static final String NAME = "kill-test";
    private static final Duration WAIT = Duration.ofSeconds(10);

    private static final String INSERT =
            """
            INSERT INTO lease_audit (sequence, fence, process, counter, written_at)
            SELECT revision, ?, ?, ?, UTC_TIMESTAMP(6) FROM lease WHERE name = ?\
            """;

    /** The bug that the audit must find: it writes whoever holds the lease. */
    private static final String UNFENCED =
            """
            BEGIN NOT ATOMIC
            START TRANSACTION;
            UPDATE lease SET revision = revision + 1 WHERE name = '%s';
            %s;
            COMMIT;
            END
            """
                    .formatted(NAME, INSERT);

    /** How it writes. */
    enum Style {
        /** Never looks at its clock: the fence alone stops it. */
        BLIND,
        /** Looks whether it holds the lease, says so, and is told when to write. */
        HESITANT,
        /** The same, and nothing in the database stops it. */
        HESITANT_UNFENCED
    }

    private final String url;
    private final String user;
    private final String password;
    private final Duration length;
    private final Style style;
    private final Semaphore commands = new Semaphore(0);

    private LeaseHolder(BufferedReader input) throws IOException {
        url = line(input);
        user = line(input);
        password = line(input);
        length = Duration.parse(line(input));
        style = Style.valueOf(line(input));
        Thread.ofPlatform().daemon().start(() -> obey(input));
    }

    public static void main(String[] arguments) throws Exception {
        new LeaseHolder(new BufferedReader(new InputStreamReader(System.in, UTF_8))).run();
    }

    private static String line(BufferedReader input) throws IOException {
        return Objects.requireNonNull(input.readLine());
    }

    private void obey(BufferedReader input) {
        try {
            while (input.readLine() != null) {
                commands.release();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }

    private void run() throws SQLException, Taken {
        var leases = new Leases(new Holdings(), this::open);
        warm(leases);
        say("ready");
        while (true) {
            try (var session = open()) {
                work(leases, session);
            } catch (LeaseLost lost) {
                say("refused: " + lost.getMessage());
            } catch (Taken | SQLException failure) {
                say(failure.toString());
            }
        }
    }

    /** What a young process does for the first time takes long, and is not what is measured. */
    private void warm(Leases leases) throws SQLException, Taken {
        try (var lease = leases.take("warm-" + process(), length, WAIT);
                var session = open()) {
            lease.write(session, "DO ?", 0);
        }
    }

    private void work(Leases leases, Connection session) throws SQLException, Taken {
        try (var lease = leases.take(NAME, length, WAIT)) {
            work(lease, session);
        }
    }

    private void work(Lease lease, Connection session) throws SQLException {
        for (var counter = 1L; ; counter++) {
            if (style == Style.BLIND) {
                lease.write(session, INSERT, lease.fence(), process(), counter, NAME);
                continue;
            }
            lease.requireHeld();
            say("checked");
            commands.acquireUninterruptibly();
            if (style == Style.HESITANT) {
                lease.write(session, INSERT, lease.fence(), process(), counter, NAME);
            } else {
                writeUnfenced(session, lease.fence(), counter);
            }
            say("wrote");
        }
    }

    private static void writeUnfenced(Connection session, long fence, long counter)
            throws SQLException {
        try (var statement = session.prepareStatement(UNFENCED)) {
            statement.setLong(1, fence);
            statement.setString(2, process());
            statement.setLong(3, counter);
            statement.setString(4, NAME);
            statement.executeUpdate();
        }
    }

    private static String process() {
        return Long.toString(ProcessHandle.current().pid());
    }

    @MustBeClosed
    private Connection open() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    @SuppressWarnings("SystemOut") // its parent reads it
    private static void say(String word) {
        System.out.println(word);
    }
}
