package dev.paygateway.store;

import static dev.paygateway.store.Columns.instant;
import static dev.paygateway.store.Columns.utc;

import dev.paygateway.payment.Store.Unavailable;
import dev.paygateway.payment.Time;
import dev.paygateway.resource.Connections;
import dev.paygateway.store.Query.Freshness;
import java.util.List;
import org.springframework.stereotype.Component;

/** Keeps the shares in the database. */
@Component
final class SqlRegionShares implements RegionShares {
    private static final int REGIONS_MAX = 16;

    private static final String ALL =
            "SELECT region, weight, changed_by, changed_at FROM region_traffic"
                    + " ORDER BY region LIMIT ?";

    private static final String SET =
            """
            INSERT INTO region_traffic (region, weight, changed_by, changed_at, revision)
            VALUES (?, ?, ?, ?, 0)
            ON DUPLICATE KEY UPDATE weight = VALUES(weight), changed_by = VALUES(changed_by),
                changed_at = VALUES(changed_at), revision = revision + 1;
            """;

    private final Database database;

    SqlRegionShares(Connections connections, Time time) {
        this.database = new Database(connections, time);
    }

    @Override
    public List<Share> all() {
        return database.all(
                Query.of(Freshness.ANY, ALL, REGIONS_MAX),
                row ->
                        new Share(
                                row.getString("region"),
                                row.getInt("weight"),
                                row.getString("changed_by"),
                                instant(row, "changed_at")));
    }

    @Override
    public void set(Share share) {
        var compound = new Compound.Builder();
        compound.add(SET, share.region(), share.weight(), share.by(), utc(share.at()));
        var failure = database.write(compound.build(), Patience.COMMIT_TIME_MAX);
        if (failure.isPresent()) {
            throw new Unavailable("the share is not known to be set", failure.get().cause());
        }
    }
}
