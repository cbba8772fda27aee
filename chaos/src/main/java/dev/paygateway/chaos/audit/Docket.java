package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.judge.Law;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a continuous audit has to say at this moment. A violation stands, whatever later audits
 * find, until an operator acknowledges it; what has been acknowledged is not held up again.
 */
final class Docket {
    static final int KEPT = 200;
    static final int VIOLATED = 500;
    static final int UNPROVED = 503;

    private static final JsonMapper JSON = JsonMapper.shared();

    private Standing standing = new Standing(UNPROVED, unproved("no audit has ended yet"));
    private Acknowledged acknowledged = new Acknowledged(Set.of(), 0);
    private Set<Finding> found = Set.of();
    private long violated;
    private Optional<Instant> cleanAt = Optional.empty();
    private Instant goodUntil = Instant.MIN;

    /** What is answered: an HTTP status and a JSON object. */
    record Standing(int http, String json) {}

    private record Finding(Law law, String subject) {}

    /**
     * What an operator has taken note of.
     *
     * @param count how many there were, also beyond those that a verdict keeps
     */
    private record Acknowledged(Set<Finding> findings, long count) {
        boolean covers(Set<Finding> found, long violated) {
            return violated <= count && findings.containsAll(found);
        }
    }

    /** That all is well holds for a while: a later audit may hang. */
    synchronized Standing standing(Instant now) {
        return standing.http() == KEPT && now.isAfter(goodUntil)
                ? new Standing(
                        UNPROVED,
                        unproved("none has ended since the last, good until " + goodUntil))
                : standing;
    }

    /**
     * The same for whoever goes on until something is refuted, though little is proved yet, or what
     * an audit needs is away: kept if an audit ended within that time, and none found a violation.
     */
    synchronized Standing standing(Instant now, Duration within) {
        var fresh = cleanAt.filter(at -> !at.plus(within).isBefore(now));
        var current = standing(now);
        return current.http() == UNPROVED && fresh.isPresent()
                ? new Standing(KEPT, current.json())
                : current;
    }

    /**
     * Takes the verdict of an audit that ended; the first violation stays until acknowledged.
     *
     * @param goodFor how long it may say that all is well, unless a later one ends
     */
    synchronized void judged(Verdict verdict, Instant at, Duration goodFor) {
        if (standing.http() == VIOLATED) {
            return;
        }
        var findings =
                verdict.violations().stream()
                        .map(it -> new Finding(it.law(), it.subject()))
                        .collect(Collectors.toUnmodifiableSet());
        standing = new Standing(http(verdict, findings), json(verdict, at));
        cleanAt = standing.http() == VIOLATED ? Optional.empty() : Optional.of(at);
        goodUntil = at.plus(goodFor);
        found = findings;
        violated = verdict.violated();
    }

    /** An audit could not be brought to its end: nothing is proved now, and nothing refuted. */
    synchronized void broken(String reason) {
        if (standing.http() != VIOLATED) {
            standing = new Standing(UNPROVED, unproved(reason));
        }
    }

    /** An operator has seen the violations; false if there is none to acknowledge. */
    synchronized boolean acknowledge() {
        if (standing.http() != VIOLATED) {
            return false;
        }
        var all = new HashSet<>(acknowledged.findings());
        all.addAll(found);
        acknowledged = new Acknowledged(Set.copyOf(all), Math.max(violated, acknowledged.count()));
        standing = new Standing(UNPROVED, unproved("acknowledged; no audit has ended since"));
        return true;
    }

    private int http(Verdict verdict, Set<Finding> findings) {
        if (!acknowledged.covers(findings, verdict.violated())) {
            return VIOLATED;
        }
        return verdict.testedEnough() ? KEPT : UNPROVED;
    }

    private String json(Verdict verdict, Instant at) {
        return VerdictJson.tree(verdict)
                .put("audited_at", at.toString())
                .put("acknowledged_violations", acknowledged.count())
                .toString();
    }

    private static String unproved(String reason) {
        ObjectNode node = JSON.createObjectNode();
        return node.put("verdict", "unproved").put("reason", reason).toString();
    }
}
