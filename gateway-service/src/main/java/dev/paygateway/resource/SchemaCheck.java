package dev.paygateway.resource;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Whether the schema has every migration that this build knows. A newer schema is fine: migrations
 * expand first, and contract only when no older build runs.
 */
final class SchemaCheck {
    private static final Pattern FILE = Pattern.compile("V([0-9._]+?)__.*\\.sql");
    private static final String APPLIED =
            "SELECT version, success FROM flyway_schema_history WHERE version IS NOT NULL";
    private static final int NO_SUCH_TABLE = 1146;
    private static final int TABLE_DENIED = 1142;
    static final String REMEDY =
            "Run the migration first: the same program with --spring.profiles.active=migrate and"
                    + " gateway.database.role set to the migrator's role.";

    private final Connections connections;
    private final String location;

    SchemaCheck(Connections connections, String location) {
        this.connections = connections;
        this.location = location;
    }

    private record Applied(MigrationVersion version, boolean isSuccess) {}

    /** Refuses the start where a migration is missing or has failed. */
    void run() {
        var needed = newest(location);
        var applied = applied();
        var failed = applied.stream().filter(each -> !each.isSuccess()).findFirst();
        if (failed.isPresent()) {
            throw new StartRefused(
                    "migration " + failed.get().version() + " of the schema has failed",
                    "Read the migration's log, mend it, and run the migration again.");
        }
        var found = applied.stream().map(Applied::version).max(Comparator.naturalOrder());
        if (needed.isPresent() && found.filter(v -> v.compareTo(needed.get()) >= 0).isEmpty()) {
            throw new StartRefused(
                    "the schema is at version %s and this build needs %s"
                            .formatted(found.map(Object::toString).orElse("0"), needed.get()),
                    REMEDY);
        }
    }

    /** The newest version among the migrations that this build carries. */
    static Optional<MigrationVersion> newest(String location) {
        try {
            var files =
                    new PathMatchingResourcePatternResolver()
                            .getResources("classpath*:" + location + "/V*.sql");
            return Arrays.stream(files)
                    .map(Resource::getFilename)
                    .map(name -> FILE.matcher(name == null ? "" : name))
                    .filter(Matcher::matches)
                    .map(match -> MigrationVersion.fromVersion(match.group(1)))
                    .max(Comparator.naturalOrder());
        } catch (IOException unreadable) {
            throw new StartRefused(
                    "the migrations of this build cannot be read", "Build it again.", unreadable);
        }
    }

    private List<Applied> applied() {
        try (var held = connections.acquire();
                var statement = held.connection().createStatement();
                var rows = statement.executeQuery(APPLIED)) {
            var applied = new ArrayList<Applied>();
            while (rows.next()) {
                var version = MigrationVersion.fromVersion(rows.getString(1));
                applied.add(new Applied(version, rows.getBoolean(2)));
            }
            return applied;
        } catch (SQLException failure) {
            throw switch (failure.getErrorCode()) {
                case NO_SUCH_TABLE, TABLE_DENIED ->
                        new StartRefused(
                                "the schema has no history that this user may read",
                                REMEDY,
                                failure);
                default ->
                        new StartRefused(
                                "the schema's version cannot be read: " + Pools.describe(failure),
                                "Start again once the database answers.",
                                failure);
            };
        }
    }
}
