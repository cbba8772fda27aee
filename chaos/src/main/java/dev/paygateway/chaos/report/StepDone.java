package dev.paygateway.chaos.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One command of the page, as it went.
 *
 * @param command as the page has it, with the seed in its place
 * @param complaint how it went otherwise than the page expects
 * @param evidence what the command printed, shortened
 */
public record StepDone(
        String phase,
        String command,
        Instant at,
        Duration took,
        int exit,
        Optional<String> complaint,
        String evidence) {
    public boolean fine() {
        return complaint.isEmpty();
    }
}
