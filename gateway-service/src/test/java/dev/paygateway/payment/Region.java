package dev.paygateway.payment;

import dev.paygateway.payment.Galera.Member;
import dev.paygateway.recovery.Shift;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** One region's service: a process with a clock and a border, before a database node. */
final class Region {
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** As when a clock jumps: safety rests on what is written, never on the length of a lease. */
    private static final Duration LEASE_TOO_SHORT = Duration.ofMillis(200);

    private static final Duration SWEEP_EVERY = Duration.ofSeconds(1);
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(5);

    private final Member member;
    private final Baton baton;
    private final Galera galera;
    private final Clock clock;
    private final Border border;
    private final Store store;
    private final Gateway gateway;
    private final Duration lease;
    private final Counts<Member> down = new Counts<>();

    Region(Member member, Galera galera, List<ModelAcquirer> acquirers, Baton baton, Bug bug) {
        this.member = member;
        this.baton = baton;
        this.galera = galera;
        var dice = baton.dice();
        clock = new Clock(baton);
        border = new Border(dice);
        lease = dice.nextBoolean() ? LEASE : LEASE_TOO_SHORT;
        var ids = new Ids(letter(), () -> new UUID(dice.nextLong(), dice.nextLong()));
        var reached = acquirers.stream().map(acquirer -> border.to(acquirer, clock)).toList();
        var routes = reached.stream().map(acquirer -> bug.around(acquirer, ids)).toList();
        var directory = new World.Routes(routes);
        store = bug.around(new GaleraStore(galera, member, clock, bug), directory);
        gateway = new Gateway(store, directory, clock, ids, member.name());
    }

    private char letter() {
        return member == Member.EAST ? 'e' : 'n';
    }

    Member member() {
        return member;
    }

    Clock clock() {
        return clock;
    }

    Border border() {
        return border;
    }

    Store store() {
        return store;
    }

    Gateway gateway() {
        return gateway;
    }

    String process() {
        return member.name();
    }

    boolean isDown() {
        return down.has(member);
    }

    /** The service is killed, and started again after that time. */
    void kill(Duration length) {
        down.add(member);
        baton.kill(process());
        baton.pause(length);
        down.remove(member);
        if (!isDown()) {
            start();
        }
    }

    /** Begins recovery, as each instance does. */
    void start() {
        baton.start(process(), this::recover);
    }

    private void recover() {
        var shift = new Shift(letter());
        while (true) {
            try {
                for (var id : shift.ours(store, clock.now())) {
                    store.lease(id, process(), clock.now(), lease).ifPresent(this::step);
                }
            } catch (Store.Unavailable _) {
                baton.letOthersRun();
            }
            baton.pause(SWEEP_EVERY);
        }
    }

    private void step(Operation leased) {
        galera.count(leased.id().value().startsWith("op_" + letter()) ? "recovered" : "taken over");
        try {
            gateway.recover(leased);
        } catch (Store.Unavailable _) {
            baton.letOthersRun();
        }
        store.release(leased, clock.now().plus(AGAIN_AFTER));
    }
}
