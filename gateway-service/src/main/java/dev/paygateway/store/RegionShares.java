package dev.paygateway.store;

import java.time.Instant;
import java.util.List;

/** How much of its traffic each region should get; the same for all instances of all regions. */
public interface RegionShares {
    /**
     * What was set for a region.
     *
     * @param weight percent of what it would get by itself, 0 to 100
     * @param by who set it
     */
    record Share(String region, int weight, String by, Instant at) {}

    /** What was set, for regions for which anything was; fails with {@code Store.Unavailable}. */
    List<Share> all();

    /** Sets it; fails with {@code Store.Unavailable}, also where its fate is not known. */
    void set(Share share);
}
