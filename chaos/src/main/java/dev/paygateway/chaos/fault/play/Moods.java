package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.fault.manifest.Experiment.Acquirer;
import dev.paygateway.chaos.fault.play.Proof.Reading;
import dev.paygateway.chaos.lab.Part;
import dev.paygateway.chaos.lab.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Has an acquirer misbehave: it reads what it is to do beside its books, and notes what it did. */
final class Moods {
    private static final String BOOKS = "--books=";

    private Moods() {}

    static Plan plan(Acquirer acquirer, Context context) {
        var parts = context.living(acquirer.selector());
        for (var part : parts) {
            if (part.role() != Role.ACQUIRER) {
                throw context.refuse("spec.selector", part.name(), "it is no acquirer");
            }
        }
        var mood = acquirer.misbehaviour() + " " + acquirer.percent();
        return new Plan(
                Context.names(parts),
                parts.stream()
                        .map(part -> "rm -f " + Shell.word(beside(part, ".mood").toString()))
                        .toList(),
                () -> parts.forEach(part -> write(beside(part, ".mood"), mood)),
                parts.stream().map(Moods::met).toList());
    }

    private static Path beside(Part part, String ending) {
        return part.command().stream()
                .filter(word -> word.startsWith(BOOKS))
                .map(word -> Path.of(word.substring(BOOKS.length()) + ending))
                .findFirst()
                .orElseThrow(() -> new FaultFailure(part.name() + " has no books"));
    }

    private static void write(Path file, String mood) {
        try {
            Files.writeString(file, mood);
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot write " + file, refused);
        }
    }

    /** Only payments under way can be met: without load there is nothing to prove. */
    private static Proof met(Part part) {
        var notes = beside(part, ".met");
        return Proof.of(
                        "authorisations that " + part.name() + " has met",
                        () -> {
                            var lines = Files.exists(notes) ? count(notes) : 0;
                            return new Reading(Long.toString(lines), lines);
                        },
                        (before, during) -> during.figure() > before.figure())
                .lasting();
    }

    private static long count(Path notes) {
        try (var lines = Files.lines(notes)) {
            return lines.count();
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot read " + notes, refused);
        }
    }
}
