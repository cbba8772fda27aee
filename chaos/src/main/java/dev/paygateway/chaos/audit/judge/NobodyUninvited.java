package dev.paygateway.chaos.audit.judge;

import java.util.List;

/** The table's last row but one: what no client invoked must not exist. */
final class NobodyUninvited implements Check {
    @Override
    public Law law() {
        return Law.PHANTOM;
    }

    @Override
    public int subjects(Examination examination) {
        return (int) examination.claims().stream().filter(claim -> !claim.isElsewhere()).count();
    }

    @Override
    public List<String> problems(Examination examination) {
        return examination.claims().stream()
                .filter(claim -> claim.breaks(Law.PHANTOM))
                .map(claim -> "key " + claim.key() + " is of the run, and no history invokes it")
                .toList();
    }
}
