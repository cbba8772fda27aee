package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.BookLine.Effect;
import dev.paygateway.chaos.audit.evidence.Dossier;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What one authorisation has come to in one acquirer's book, in minor units.
 *
 * @param times how often it was granted; more than once is a double charge by itself
 * @param freed whether a void or a final capture gave up what was not captured
 * @param undone whether a reversal gave everything back
 */
record Charge(
        String acquirer,
        String reference,
        int times,
        long authorized,
        long captured,
        long refunded,
        boolean freed,
        boolean undone) {

    private record Id(String acquirer, String reference) {}

    static List<Charge> of(Dossier dossier) {
        var charges = new LinkedHashMap<Id, Charge>();
        dossier.effects()
                .forEach(effect -> {
                    var id = new Id(effect.origin().acquirer(), effect.charge());
                    charges.merge(id, none(id).after(effect), (old, _) -> old.after(effect));
                });
        return List.copyOf(charges.values());
    }

    private static Charge none(Id id) {
        return new Charge(id.acquirer(), id.reference(), 0, 0, 0, 0, false, false);
    }

    private Charge after(Effect effect) {
        var amount = effect.subject().amount();
        return switch (effect.kind()) {
            case AUTHORIZED -> with(times + 1, authorized + amount, captured, refunded);
            case CAPTURED -> with(times, authorized, captured + amount, refunded);
            case REFUNDED -> with(times, authorized, captured, refunded + amount);
            case REFUND_RETURNED -> with(times, authorized, captured, refunded - amount);
            case VOIDED, RELEASED -> ended(true, undone);
            case REVERSED -> ended(freed, true);
            case TOMBSTONED, DECLINED, NOT_PROCESSED -> this;
        };
    }

    private Charge with(int times, long authorized, long captured, long refunded) {
        return new Charge(
                acquirer, reference, times, authorized, captured, refunded, freed, undone);
    }

    private Charge ended(boolean freed, boolean undone) {
        return new Charge(
                acquirer, reference, times, authorized, captured, refunded, freed, undone);
    }

    /** Whether it was used though this payment's authorisation never was granted. */
    boolean isUngranted() {
        return times == 0 && (captured != 0 || refunded != 0 || freed || undone);
    }

    /** Whether the issuer said yes and no reversal took it back; a void is a use of that yes. */
    boolean stands() {
        return times > 0 && !undone;
    }

    /** How many times the card holder pays, or may have to: refunded money was paid, too. */
    int effective() {
        return undone || (freed && captured == 0) ? 0 : times;
    }

    /** What the issuer still holds or has paid. */
    long held() {
        if (undone) {
            return 0;
        }
        return freed ? captured : authorized;
    }
}
