package dev.paygateway.chaos.audit.judge;

import java.time.Instant;
import java.util.List;

/**
 * What the acquirers did, the database does not tell, and is too young to be held against anybody.
 *
 * @param effects how many such effects there are
 * @param until when all of them are old enough
 */
public record Undecided(long effects, Instant until) {
    static final Undecided NOTHING = new Undecided(0, Instant.MIN);

    static Undecided one(Instant due) {
        return new Undecided(1, due);
    }

    Undecided plus(Undecided other) {
        var later = until.isAfter(other.until) ? until : other.until;
        return new Undecided(effects + other.effects, later);
    }

    public boolean isEmpty() {
        return effects == 0;
    }

    /** Why an audit that ends now proves nothing; no reason if all is decided. */
    public List<String> shortfalls() {
        return isEmpty() ? List.of() : List.of(this + ": audit again then");
    }

    @Override
    public String toString() {
        return isEmpty()
                ? "nothing"
                : "%d effects that the database does not tell of may not be judged before %s"
                        .formatted(effects, until);
    }
}
