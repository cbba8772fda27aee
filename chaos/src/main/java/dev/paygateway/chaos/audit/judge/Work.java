package dev.paygateway.chaos.audit.judge;

/**
 * How much there was to judge.
 *
 * @param payments in the database
 * @param elsewhere payments that no given history speaks of
 * @param invoked keys that a client used
 * @param acknowledged keys that were answered 2xx at least once
 * @param refused keys whose last answer was a failure
 * @param unanswered keys that never got an answer that means something
 * @param unknowns outcomes that were unknown for a while, of what the histories speak of
 * @param open payments still open and within the bound
 * @param review payments of the runs that wait for people, or an operation of theirs does
 * @param undecided what the acquirers did and the database does not tell, within the bound
 */
public record Work(
        long payments,
        long elsewhere,
        long invoked,
        long acknowledged,
        long refused,
        long unanswered,
        long unknowns,
        long open,
        long review,
        Undecided undecided) {
    public static final Work NONE = new Work(0, 0, 0, 0, 0, 0, 0, 0, 0, Undecided.NOTHING);

    public Work plus(Work other) {
        return new Work(
                payments + other.payments,
                elsewhere + other.elsewhere,
                invoked + other.invoked,
                acknowledged + other.acknowledged,
                refused + other.refused,
                unanswered + other.unanswered,
                unknowns + other.unknowns,
                open + other.open,
                review + other.review,
                undecided.plus(other.undecided));
    }
}
