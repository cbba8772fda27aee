package dev.paygateway.chaos.acquirer;

import dev.paygateway.chaos.acquirer.SandboxCard.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * What somebody outside makes this acquirer do to authorisations while it runs, whatever their
 * card: a file beside the books says {@code MISBEHAVIOUR PERCENT}, and that none is there is the
 * rule. Every authorisation that is met is noted in a file of its own, for whoever must prove it.
 */
final class Moods {
    private static final Pattern FORM =
            Pattern.compile("(answer-500|hang|reset|late|twice|unavailable) (\\d{1,3})\\s*");
    private static final int PERCENT = 100;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final Path file;
    private final Path met;
    private final long seed;

    Moods(Path books, long seed) {
        file = books.resolveSibling(books.getFileName() + ".mood");
        met = books.resolveSibling(books.getFileName() + ".met");
        this.seed = seed;
    }

    /** Whether it is refused before anything is booked. */
    boolean refuses(String reference) throws IOException {
        return now(reference).filter("unavailable"::equals).isPresent();
    }

    /**
     * What becomes of the answer to an authorisation that took effect, beside what its card says.
     */
    Fault fault(String reference) throws IOException {
        var mood = now(reference).orElse("");
        return switch (mood) {
            case "answer-500" -> Fault.ANSWERED_500;
            case "hang" -> Fault.HANGS;
            case "reset" -> Fault.RESET;
            case "late" -> Fault.LATE;
            case "twice" -> Fault.TWICE;
            default -> Fault.NONE;
        };
    }

    private Optional<String> now(String reference) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var found = FORM.matcher(Files.readString(file));
        if (!found.matches() || !meets(reference, Integer.parseInt(found.group(2)))) {
            return Optional.empty();
        }
        var line = reference + " " + found.group(1) + "\n";
        Files.writeString(met, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return Optional.of(found.group(1));
    }

    /** A repeat fares the same. */
    private boolean meets(String reference, int percent) {
        var dice = new SplittableRandom(seed ^ (reference.hashCode() * MIX));
        return dice.nextInt(PERCENT) < percent;
    }
}
