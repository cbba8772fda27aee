package dev.paygateway.region;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.resource.Database.Standing;
import org.junit.jupiter.api.Test;
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

    private static Status status(Standing standing, Drain drain) {
        return new RegionHealth(EAST, () -> standing, drain).health().getStatus();
    }
}
