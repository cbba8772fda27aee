package dev.paygateway.chaos.crash;

import static dev.paygateway.chaos.audit.judge.Law.I1;
import static dev.paygateway.chaos.audit.judge.Law.I10;
import static dev.paygateway.chaos.audit.judge.Law.I11;
import static dev.paygateway.chaos.audit.judge.Law.I12;
import static dev.paygateway.chaos.audit.judge.Law.I13;
import static dev.paygateway.chaos.audit.judge.Law.I14;
import static dev.paygateway.chaos.audit.judge.Law.I16;
import static dev.paygateway.chaos.audit.judge.Law.I2;
import static dev.paygateway.chaos.audit.judge.Law.I20;
import static dev.paygateway.chaos.audit.judge.Law.I3;
import static dev.paygateway.chaos.audit.judge.Law.I4;
import static dev.paygateway.chaos.audit.judge.Law.I7;
import static dev.paygateway.chaos.audit.judge.Law.I8;
import static dev.paygateway.chaos.audit.judge.Law.I9;
import static dev.paygateway.chaos.audit.judge.Law.PHANTOM;

import dev.paygateway.chaos.audit.judge.Law;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A mistake made on purpose, what brings it to light, the law that it breaks, and laws that may be
 * broken with it.
 */
enum Control {
    IDEMPOTENCY_OFF(1, Play.LOAD, I2, I1, I9, I12, PHANTOM),
    LOST_COMMIT_AGAIN(1, Play.LOAD, I2, I3),
    LOST_COMMIT_FAILED(1, Play.LOAD, I11, I1, I3, I9, I10),
    ACQUIRER_INSIDE(1, Play.KILL, I3, I1, I2, I9, I10, I11, I13),
    VERSION_UNGUARDED(1, Play.REFUNDS, I8, I1, I3, I4, I7, I9, I10, I11, I12, I13, I14, I16),
    FLUSH_OFF(1, Play.CRASH, I1, I2, I3, I4, I9, I10, I11, I13, I14, I16),
    CARD_LOGGED(1, Play.LOAD, I20),
    PARENT_LOCKED(2, Play.REFUNDS_APART, I4, I1, I3, I7, I9, I10, I11, I12, I13, I14, I16),
    SYNC_WAIT_OFF(2, Play.LARGE_APART, I13, I1, I9, I10, I11, I14);

    private final int regions;
    private final Play play;
    private final Law law;

    @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
    private final Set<Law> laws;

    Control(int regions, Play play, Law law, Law... following) {
        this.regions = regions;
        this.play = play;
        this.law = law;
        this.laws = EnumSet.of(law, following);
    }

    int regions() {
        return regions;
    }

    /** Of the sabotage jar, unless the mistake is the database's. */
    String profile() {
        return "sabotage-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the database is told before each run, where it has the mistake or would stop it. */
    Optional<String> sql() {
        return switch (this) {
            case FLUSH_OFF -> Optional.of("SET GLOBAL innodb_flush_log_at_trx_commit = 0");
            case VERSION_UNGUARDED ->
                    Optional.of(
                            """
                            ALTER TABLE gateway.event DROP INDEX IF EXISTS `PRIMARY`;
                            ALTER TABLE gateway.outbox DROP INDEX IF EXISTS `PRIMARY`;
                            """);
            case IDEMPOTENCY_OFF, LOST_COMMIT_AGAIN, LOST_COMMIT_FAILED, ACQUIRER_INSIDE ->
                    Optional.empty();
            case CARD_LOGGED, PARENT_LOCKED, SYNC_WAIT_OFF -> Optional.empty();
        };
    }

    Play play() {
        return play;
    }

    /** The one that must be found broken. */
    Law law() {
        return law;
    }

    /** The same, and what may be broken with it. */
    Set<Law> laws() {
        return EnumSet.copyOf(laws);
    }
}
