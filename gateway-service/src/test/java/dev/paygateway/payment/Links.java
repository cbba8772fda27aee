package dev.paygateway.payment;

import dev.paygateway.payment.Galera.Member;
import java.util.EnumSet;
import java.util.Set;

/** Which members live, and who hears whom. A link carries nothing unless it carries both ways. */
final class Links {
    private static final Set<Member> MIDDLE = Set.of(Member.EAST, Member.NORTH);

    private final Counts<Member> dead = new Counts<>();
    private final Counts<Set<Member>> broken = new Counts<>();

    void kill(Member member) {
        dead.add(member);
    }

    void revive(Member member) {
        dead.remove(member);
    }

    boolean isDead(Member member) {
        return dead.has(member);
    }

    /** From all others. */
    void cut(Member member) {
        others(member).forEach(other -> broken.add(Set.of(member, other)));
    }

    void join(Member member) {
        others(member).forEach(other -> broken.remove(Set.of(member, other)));
    }

    private static Set<Member> others(Member member) {
        return EnumSet.complementOf(EnumSet.of(member));
    }

    /** East and North, which may still reach each other by the arbitrator. */
    void part() {
        broken.add(MIDDLE);
    }

    void meet() {
        broken.remove(MIDDLE);
    }

    /** Itself included, by whatever way. */
    Set<Member> reachedBy(Member member) {
        var reached = EnumSet.of(member);
        for (var step = 0; step < Member.values().length; step++) {
            for (var each : EnumSet.complementOf(reached)) {
                if (!isDead(each) && reached.stream().anyMatch(by -> isLinked(by, each))) {
                    reached.add(each);
                }
            }
        }
        return reached;
    }

    private boolean isLinked(Member one, Member other) {
        return !broken.has(Set.of(one, other));
    }
}
