package dev.paygateway.region;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.resource.Database.Standing;
import org.junit.jupiter.api.Test;

/**
 * Goal: requests for money are refused at once exactly where the database itself has said that it
 * takes none.
 *
 * <p>Method: the standing of the database is told; nothing else is asked.
 */
class FenceTest {
    @Test
    void isOpenWhileTheDatabaseTakesWrites() {
        assertThat(isClosed(new Standing.Writable())).isFalse();
    }

    @Test
    void isClosedWithoutAMajority() {
        assertThat(isClosed(new Standing.CutOff())).isTrue();
        assertThat(isClosed(new Standing.ReadOnly())).isTrue();
    }

    @Test
    void staysOpenWhereOnlyTheLoginFails() {
        assertThat(isClosed(new Standing.Away("1045"))).isFalse();
    }

    private static boolean isClosed(Standing standing) {
        return new Fence(() -> standing).isClosed();
    }
}
