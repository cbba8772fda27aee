package dev.paygateway.region;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.payment.Store;
import dev.paygateway.resource.Database.Standing;
import dev.paygateway.store.RegionShares;
import dev.paygateway.store.RegionShares.Share;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Goal: a region gets traffic exactly while its database takes logins and writes, and nothing that
 * is on its way out gets any.
 *
 * <p>Method: the standing of the database is told; nothing else is asked.
 */
class RegionHealthTest {
    private static final Region EAST = new Region("east", 'e', "gateway-1");

    @Test
    void isGreenWhileTheDatabaseTakesWrites() {
        assertThat(status(new Standing.Writable(), new Drain())).isEqualTo(Status.UP);
    }

    @Test
    void isRedWhenTheDatabaseTakesNone() {
        assertThat(status(new Standing.ReadOnly(), new Drain())).isEqualTo(Status.DOWN);
        assertThat(status(new Standing.CutOff(), new Drain())).isEqualTo(Status.DOWN);
        assertThat(status(new Standing.Away("1045"), new Drain())).isEqualTo(Status.DOWN);
    }

    @Test
    void isRedOnceItDrains() {
        var drain = new Drain();
        drain.start();
        assertThat(drain.isDraining()).isFalse();
        drain.stop();
        assertThat(drain.isDraining()).isTrue();
        assertThat(status(new Standing.Writable(), drain)).isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void isRedWhileItsTrafficIsTakenAwayAndTellsItsShare() {
        var shares = new Shares();
        var traffic = new Traffic(shares, EAST, Runnable::run);
        shares.set(share("north", 0));
        assertThat(health(traffic).getStatus()).isEqualTo(Status.UP);
        assertThat(health(traffic).getDetails()).containsEntry("weight", 100);
        traffic.set(share("east", 0));
        assertThat(health(traffic).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        traffic.set(share("east", 10));
        assertThat(health(traffic).getStatus()).isEqualTo(Status.UP);
        assertThat(health(traffic).getDetails()).containsEntry("weight", 10);
    }

    @Test
    void keepsItsLastKnownShareWhileTheDatabaseIsAway() {
        RegionShares away =
                new RegionShares() {
                    @Override
                    public List<Share> all() {
                        throw new Store.Unavailable("away", new IllegalStateException());
                    }

                    @Override
                    public void set(Share share) {}
                };
        assertThat(health(new Traffic(away, EAST, Runnable::run)).getDetails())
                .containsEntry("weight", Traffic.ALL);
    }

    private static Share share(String region, int weight) {
        return new Share(region, weight, "m_ops", Instant.EPOCH);
    }

    private static final class Shares implements RegionShares {
        private final Map<String, Share> set = new TreeMap<>();

        @Override
        public List<Share> all() {
            return List.copyOf(set.values());
        }

        @Override
        public void set(Share share) {
            set.put(share.region(), share);
        }
    }

    private static Health health(Traffic traffic) {
        return new RegionHealth(EAST, Standing.Writable::new, new Drain(), traffic).health();
    }

    private static Status status(Standing standing, Drain drain) {
        var traffic = new Traffic(new Shares(), EAST, Runnable::run);
        return new RegionHealth(EAST, () -> standing, drain, traffic).health().getStatus();
    }
}
