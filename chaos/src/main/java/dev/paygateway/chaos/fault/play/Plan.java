package dev.paygateway.chaos.fault.play;

import java.util.List;

/**
 * A fault that could be made now.
 *
 * @param targets names of the parts that it is made on
 * @param undo commands of the shell, a line each, that take it back; harmless when run twice
 * @param inject makes it
 * @param proofs each must show that it bites
 */
public record Plan(List<String> targets, List<String> undo, Runnable inject, List<Proof> proofs) {
    public Plan {
        targets = List.copyOf(targets);
        undo = List.copyOf(undo);
        proofs = List.copyOf(proofs);
    }
}
