package dev.paygateway.region;

import dev.paygateway.resource.Database;
import dev.paygateway.resource.Database.Standing;

/**
 * Keeps new requests for money away from a database that has said that it takes none: without a
 * majority, or read-only. One that does not answer is no reason: sessions that are open may work.
 */
public final class Fence {
    private final Database database;

    Fence(Database database) {
        this.database = database;
    }

    /** True where a request for money could only wait for its refusal. */
    public boolean isClosed() {
        return switch (database.standing()) {
            case Standing.CutOff _, Standing.ReadOnly _ -> true;
            case Standing.Writable _, Standing.Away _ -> false;
        };
    }
}
