package dev.paygateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Goal: a dead region costs a client one try, and a living one is found again without a stampede.
 *
 * <p>Method: two addresses; time is told.
 */
class AddressesTest {
    private static final URI EAST = URI.create("https://east");
    private static final URI NORTH = URI.create("https://north");

    private final QuickPace pace = new QuickPace();
    private final Addresses addresses = new Addresses(List.of(EAST, NORTH), pace);

    @Test
    void prefersTheFirst() {
        assertThat(addresses.preferred()).isEqualTo(EAST);
        assertThat(addresses.after(EAST)).isEqualTo(NORTH);
        assertThat(addresses.after(NORTH)).isEqualTo(EAST);
    }

    @Test
    void leavesASilentOneAlone() {
        addresses.silent(EAST);
        assertThat(addresses.preferred()).isEqualTo(NORTH);
        assertThat(addresses.after(EAST)).isEqualTo(NORTH);
        assertThat(addresses.after(NORTH)).isEqualTo(NORTH);
    }

    @Test
    void letsOneCallFindOutWhetherItIsBack() {
        addresses.silent(EAST);
        pace.pause(Addresses.SILENT_REST);
        assertThat(addresses.preferred()).isEqualTo(EAST);
        assertThat(addresses.preferred()).isEqualTo(NORTH);
        addresses.answered(EAST);
        assertThat(addresses.preferred()).isEqualTo(EAST);
    }

    @Test
    void looksSoonerForOneThatAnswers() {
        addresses.refused(EAST);
        assertThat(addresses.preferred()).isEqualTo(NORTH);
        pace.pause(Addresses.REFUSED_REST);
        assertThat(addresses.preferred()).isEqualTo(EAST);
    }

    @Test
    void asksTheOneThatHasRestedLongestWhenAllRest() {
        addresses.silent(EAST);
        addresses.refused(NORTH);
        assertThat(addresses.preferred()).isEqualTo(NORTH);
        assertThat(addresses.after(EAST)).isEqualTo(NORTH);
        pace.pause(Addresses.REFUSED_REST);
        addresses.silent(NORTH);
        assertThat(addresses.preferred()).isEqualTo(EAST);
    }

    @Test
    void hasNoOtherThanItsOnlyOne() {
        var alone = new Addresses(List.of(EAST), pace);
        alone.silent(EAST);
        assertThat(alone.preferred()).isEqualTo(EAST);
        assertThat(alone.after(EAST)).isEqualTo(EAST);
    }
}
