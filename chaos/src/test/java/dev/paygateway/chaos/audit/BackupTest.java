package dev.paygateway.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.audit.judge.Law;
import dev.paygateway.chaos.lab.Commands;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: what is backed up is there again after a restore, to the last answer, and the audit names
 * what was acknowledged since.
 *
 * <p>Method: mariabackup copies a working database before and after the consistent world's
 * payments, as docs/production.md says; each copy is restored into an empty folder and held against
 * the same history and books.
 */
@Tag("system-long")
class BackupTest {
    private static final List<String> PROGRAMS =
            List.of("mariadbd", "mariadb-install-db", "mariabackup");

    @TempDir private Path folder;
    private final World world = World.consistent();
    private List<Path> histories = List.of();
    private List<Path> books = List.of();

    @BeforeEach
    void writeTheOtherTwoBooks() throws IOException {
        var lacking = PROGRAMS.stream().filter(it -> Commands.onPath(it).isEmpty()).toList();
        if (!lacking.isEmpty()) {
            System.err.println("skipped: backup and restore: there is no " + lacking);
            Assumptions.abort("apt-get install mariadb-server mariadb-backup");
        }
        histories = List.of(Papers.history(world, folder));
        books = Papers.books(world, folder);
    }

    @Test
    void isRestoredWithoutAViolationAndTellsWhatCameAfter() throws Exception {
        var early = folder.resolve("early");
        var late = folder.resolve("late");
        try (var working = BackedUpDatabase.made(folder.resolve("working"))) {
            working.backUp(early);
            try (var owner = working.connect()) {
                new Tables(owner).fill(world);
            }
            working.backUp(late);
            assertThat(audit(working)).matches(Verdict::passed);
        }
        try (var restored = BackedUpDatabase.restored(late, folder.resolve("restored"))) {
            var verdict = audit(restored);
            assertThat(verdict.violations()).isEmpty();
            assertThat(verdict).matches(Verdict::passed);
            assertThat(verdict.work().acknowledged()).isEqualTo(9);
        }
        try (var older = BackedUpDatabase.restored(early, folder.resolve("older"))) {
            assertThat(World.broken(audit(older))).contains(Law.I1, Law.I3);
        }
    }

    private Verdict audit(BackedUpDatabase database) throws SQLException, InterruptedException {
        var input = AuditInput.of(histories, books, database.address()).build();
        return new Audit(InstantSource.system(), _ -> {}).run(input);
    }
}
