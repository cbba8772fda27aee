package dev.paygateway.store;

import java.sql.SQLException;
import java.util.regex.Pattern;

/**
 * What an error of a compound statement says about the fate of its transaction. Whatever is not
 * known to be harmless is {@link #UNKNOWN}: a wrong "not executed" charges twice, a wrong "unknown"
 * costs a look.
 */
enum SqlFailure {
    /** {@link Guard#KEY_FREE} did not hold. */
    KEY_TAKEN,
    /** {@link Guard#REFERENCE_FREE} did not hold: another payment's reference, or our own row. */
    REFERENCE_TAKEN,
    /** Another commit, lease or answer came first. */
    STALE,
    /** An id that only this decision uses, or its place in the timeline, is in use already. */
    OWN_PLACE_TAKEN,
    /** Lost against others and rolled back: repeat the whole transaction. */
    ROLLED_BACK,
    /** Never begun: this node or credential does not do it, another may. */
    NOT_EXECUTED,
    /** Never sent: no session was to be had in the time that one is waited for. */
    NO_SESSION,
    /** Refused for what it says, as it would be every time: rolled back. */
    INVALID,
    /** It may have been committed. */
    UNKNOWN;

    private static final int CHECK_FAILED = 4025;

    /** The driver's copy of the server's message, whatever code it comes with. */
    private static final Pattern AT_COMMIT_WITHOUT_QUORUM =
            Pattern.compile("not connected to Primary", Pattern.CASE_INSENSITIVE);

    /** True where the rows in the way may be this decision's own, from an earlier try. */
    boolean mayBeOurs() {
        return switch (this) {
            case REFERENCE_TAKEN, OWN_PLACE_TAKEN, UNKNOWN -> true;
            case KEY_TAKEN, STALE, ROLLED_BACK, NOT_EXECUTED, NO_SESSION, INVALID -> false;
        };
    }

    /** Says what became of a compound statement that was sent and ended in this error. */
    static SqlFailure of(SQLException failure) {
        var message = failure.getMessage();
        if (message != null && AT_COMMIT_WITHOUT_QUORUM.matcher(message).find()) {
            return UNKNOWN;
        }
        // 1047 says that a statement was not begun. Where a server lost its majority during our
        // COMMIT, that statement is the ROLLBACK of our own handler, and hides the COMMIT's 1180.
        return switch (failure.getErrorCode()) {
            case 1062 -> OWN_PLACE_TAKEN;
            case 1213, 1020, 1205 -> ROLLED_BACK;
            case 1290, 1792, 1836, 1045 -> NOT_EXECUTED;
            case 1047, 1180, 1053, 1317, 1927, 1969, 2006, 2013 -> UNKNOWN;
            case CHECK_FAILED -> INVALID;
            default -> ofState(failure.getSQLState());
        };
    }

    private static SqlFailure ofState(String state) {
        for (var guard : Guard.values()) {
            if (guard.sqlState().equals(state)) {
                return of(guard);
            }
        }
        var isInvalid =
                state != null
                        && (state.startsWith("22")
                                || state.startsWith("23")
                                || state.startsWith("42"));
        return isInvalid ? INVALID : UNKNOWN;
    }

    private static SqlFailure of(Guard guard) {
        return switch (guard) {
            case KEY_FREE -> KEY_TAKEN;
            case REFERENCE_FREE -> REFERENCE_TAKEN;
            case PAYMENT_UNCHANGED, OPERATION_UNCHANGED, ANSWER_OPEN -> STALE;
        };
    }
}
