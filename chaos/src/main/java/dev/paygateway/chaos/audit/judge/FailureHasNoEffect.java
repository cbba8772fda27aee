package dev.paygateway.chaos.audit.judge;

import java.util.List;

/** I10: who was told that it failed, or that no money moved, has paid nothing. */
final class FailureHasNoEffect implements Check {
    @Override
    public Law law() {
        return Law.I10;
    }

    @Override
    public int subjects(Examination examination) {
        return (int)
                examination.claims().stream()
                        .filter(claim -> claim.wasRefused() || claim.wasDenied())
                        .count();
    }

    @Override
    public List<String> problems(Examination examination) {
        return examination.claims().stream()
                .filter(claim -> claim.breaks(Law.I10))
                .map(claim ->
                        "key "
                                + claim.key()
                                + ": the last answer was a failure, yet "
                                + claim.facts())
                .toList();
    }
}
