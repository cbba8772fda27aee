package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Goal: as many are let in as get it done in time; a place is given back on every way out.
 *
 * <p>Method: places that are taken, done and not done, with a time that nobody exceeds by chance.
 */
class AdmissionTest {
    private static final int AT_FIRST = 32;
    private static final int AT_LEAST = 4;

    private final Holdings holdings = new Holdings();
    private final Admission admission =
            new Admission(holdings, "first commit", 512, Duration.ofHours(1));

    @Test
    void letsInSoManyAndNoMore() throws Taken {
        var places = enter(AT_FIRST);
        assertThatThrownBy(this::enter).isInstanceOf(Taken.class);
        assertThat(holdings.count(Kind.PERMIT)).isEqualTo(AT_FIRST);
        places.forEach(Admission.Place::close);
        assertThat(holdings.lines()).isEmpty();
        leave(enter(AT_LEAST));
    }

    @Test
    void letsInFewerWhenItIsNotDone() throws Taken {
        for (var round = 0; round < AT_FIRST; round++) {
            enter(1).forEach(Admission.Place::close);
        }
        assertThat(admission.limit()).isEqualTo(AT_LEAST);
    }

    @Test
    void letsInFewerWhenItTakesTooLong() throws Taken {
        var hasty = new Admission(holdings, "first commit", 512, Duration.ofNanos(1));
        try (var place = hasty.enter()) {
            place.done();
        }
        assertThat(hasty.limit()).isLessThan(AT_FIRST);
    }

    /** Somebody has to want the places: nothing is found out by one at a time. */
    @Test
    void letsInMoreWhileManyAreInTime() throws Taken {
        leave(enter(1));
        assertThat(admission.limit()).isEqualTo(AT_FIRST);
        leave(enter(AT_FIRST));
        assertThat(admission.limit()).isGreaterThan(AT_FIRST);
    }

    @Test
    void neverLetsInMoreThanTheMost() throws Taken {
        var few = new Admission(holdings, "first commit", 2, Duration.ofHours(1));
        for (var round = 0; round < AT_FIRST; round++) {
            try (var one = few.enter();
                    var other = few.enter()) {
                one.done();
                other.done();
            }
        }
        assertThat(few.limit()).isEqualTo(2);
    }

    private void enter() throws Taken {
        enter(1).forEach(Admission.Place::close);
    }

    @SuppressWarnings("MustBeClosedChecker") // by the caller
    private List<Admission.Place> enter(int count) throws Taken {
        var places = new ArrayList<Admission.Place>();
        for (var each = 0; each < count; each++) {
            places.add(admission.enter());
        }
        return places;
    }

    private static void leave(List<Admission.Place> places) {
        places.forEach(Admission.Place::done);
        places.forEach(Admission.Place::close);
    }
}
