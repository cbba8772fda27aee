package dev.paygateway.payment;

import java.util.List;
import java.util.Optional;

/**
 * One change of one payment, all of which is written in one commit.
 *
 * @param claim the key that this commit takes; none after the first commit of an operation
 * @param before the payment that the change was decided on; none for a new one. The commit is
 *     refused if another came first
 * @param changed operations that exist already
 * @param started an operation that this commit begins; it is sent after the commit, never before
 * @param answered the operation that now has its final answer
 */
public record Decision(
        Optional<Claim> claim,
        Optional<Payment> before,
        Payment after,
        List<Operation> changed,
        Optional<Operation> started,
        Event event,
        Optional<Operation> answered) {
    public Decision {
        changed = List.copyOf(changed);
    }

    /**
     * The line that this change adds to the payment's timeline; its number is the payment's
     * version.
     *
     * @param id {@code evt_...}; whether a doubtful commit happened is asked by it
     * @param type e.g. {@code payment.captured}, {@code refund.sent}
     */
    public record Event(String id, String type, OperationId cause) {}
}
