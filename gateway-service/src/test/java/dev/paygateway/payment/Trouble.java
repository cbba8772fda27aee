package dev.paygateway.payment;

import dev.paygateway.payment.Border.Way;
import dev.paygateway.payment.Galera.Member;
import dev.paygateway.payment.Schedule.Fault;
import java.time.Duration;
import java.util.List;

/** Makes the faults of a schedule happen, each for its time. */
final class Trouble {
    private static final Duration LAG = Duration.ofSeconds(3);
    private static final int FLAP_MILLIS_MAX = 8_000;

    private final Baton baton;
    private final Galera galera;
    private final List<ModelAcquirer> acquirers;
    private final List<Region> regions;

    Trouble(Baton baton, Galera galera, List<ModelAcquirer> acquirers, List<Region> regions) {
        this.baton = baton;
        this.galera = galera;
        this.acquirers = acquirers;
        this.regions = regions;
    }

    void suffer(Fault fault) {
        var place = fault.isEast() ? 0 : 1;
        switch (fault.kind()) {
            case PROCESS_KILLED,
                    PROCESS_PAUSED,
                    CLOCK_JUMPS,
                    REGION_LOST,
                    REGION_ISOLATED,
                    REGION_DEAF,
                    REGION_MUTE ->
                    suffer(regions.get(place), fault);
            case DATABASE_KILLED, DATABASE_PAUSED, COPY_LAGS, REGION_CUT, REGION_FLAPS ->
                    suffer(regions.get(place).member(), fault);
            case ARBITRATOR_LOST -> lose(Member.ARBITRATOR, fault.length());
            case REGIONS_PARTED -> part(fault.length());
            case ALL_CRASHED -> crash(fault.length());
            case ACQUIRER_FAILS -> sulk(place, ModelAcquirer.Mood.FAILS, fault.length());
            case ACQUIRER_HANGS -> sulk(place, ModelAcquirer.Mood.HANGS, fault.length());
        }
    }

    private void suffer(Region region, Fault fault) {
        switch (fault.kind()) {
            case PROCESS_KILLED -> region.kill(fault.length());
            case PROCESS_PAUSED -> baton.freeze(region.process(), fault.length());
            case CLOCK_JUMPS -> {
                region.clock().jump(fault.jump());
                baton.pause(fault.length());
                region.clock().jump(fault.jump().negated());
            }
            case REGION_LOST -> {
                galera.kill(region.member());
                region.kill(fault.length());
                galera.revive(region.member());
            }
            case REGION_ISOLATED -> close(region, List.of(Way.IN, Way.OUT), fault.length());
            case REGION_DEAF -> close(region, List.of(Way.IN), fault.length());
            case REGION_MUTE -> close(region, List.of(Way.OUT), fault.length());
            default -> throw new IllegalArgumentException(fault.toString());
        }
    }

    private void suffer(Member member, Fault fault) {
        switch (fault.kind()) {
            case DATABASE_KILLED -> lose(member, fault.length());
            case DATABASE_PAUSED -> galera.freeze(member, fault.length());
            case COPY_LAGS -> {
                galera.lag(member, LAG);
                baton.pause(fault.length());
                galera.keepUp(member);
            }
            case REGION_CUT -> cut(member, fault.length());
            case REGION_FLAPS -> flap(member, fault.length());
            default -> throw new IllegalArgumentException(fault.toString());
        }
    }

    /** A link of which one direction is gone carries no connection: the database loses both. */
    private void close(Region region, List<Way> ways, Duration length) {
        ways.forEach(region.border()::close);
        cut(region.member(), length);
        ways.forEach(region.border()::open);
    }

    private void lose(Member member, Duration length) {
        galera.kill(member);
        baton.pause(length);
        galera.revive(member);
    }

    private void cut(Member member, Duration length) {
        galera.cut(member);
        baton.pause(length);
        galera.join(member);
    }

    private void flap(Member member, Duration length) {
        var end = baton.now().plus(length);
        while (baton.now().isBefore(end)) {
            cut(member, Duration.ofMillis(baton.dice().nextInt(FLAP_MILLIS_MAX)));
            baton.pause(Duration.ofMillis(baton.dice().nextInt(FLAP_MILLIS_MAX)));
        }
    }

    private void part(Duration length) {
        galera.part();
        baton.pause(length);
        galera.meet();
    }

    private void crash(Duration length) {
        galera.killAll();
        regions.forEach(region -> baton.start("outside", () -> region.kill(length)));
        baton.pause(length);
        galera.reviveAll();
    }

    private void sulk(int place, ModelAcquirer.Mood mood, Duration length) {
        var acquirer = acquirers.get(place);
        acquirer.set(mood);
        baton.pause(length);
        acquirer.set(ModelAcquirer.Mood.FAIR);
    }
}
