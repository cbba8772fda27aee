package dev.paygateway.chaos.audit.secrecy;

import dev.paygateway.chaos.audit.judge.Ruling;
import java.util.List;

/**
 * What the search for secrets has come to.
 *
 * @param unseen what should have been searched and could not be, and why
 */
public record Searched(Ruling ruling, List<String> unseen) {
    public Searched {
        unseen = List.copyOf(unseen);
    }
}
