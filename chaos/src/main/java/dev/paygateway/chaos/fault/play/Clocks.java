package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.fault.manifest.Experiment.Clock;
import dev.paygateway.chaos.fault.play.Proof.Reading;
import dev.paygateway.chaos.lab.Part;
import dev.paygateway.chaos.lab.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Locale;

/** Moves the wall clock of single processes, and reads it from what they say of the time. */
final class Clocks {
    private static final Duration OFFSET_MAX = Duration.ofHours(24);

    private Clocks() {}

    static Plan plan(Clock clock, Context context) {
        var offset = clock.offset();
        if (offset.toNanosPart() != 0
                || offset.isZero()
                || offset.abs().compareTo(OFFSET_MAX) > 0) {
            throw context.refuse(
                    "spec.timeOffset", offset.toString(), "whole seconds, up to 24 h either way");
        }
        if (!System.getProperty("os.arch").equals("amd64")) {
            throw context.refuse("kind", "TimeChaos", "only played on x86-64");
        }
        var parts = context.living(clock.selector());
        var undo = new ArrayList<String>();
        var injections = new ArrayList<Runnable>();
        for (var part : parts) {
            var process = Processes.process(part);
            var patches = Vdso.of(process).moving(Math.toIntExact(offset.toSeconds())).values();
            for (var patch : patches) {
                undo.add(context.stage().pokeAgain(process, patch.address(), patch.before()));
                injections.add(() -> ProcessMemory.poke(process, patch.address(), patch.after()));
            }
        }
        return new Plan(
                Context.names(parts),
                undo,
                () -> injections.forEach(Runnable::run),
                parts.stream().map(part -> moved(part, offset, context)).toList());
    }

    private static Proof moved(Part part, Duration offset, Context context) {
        var least = offset.toSeconds() / 2.0;
        return Proof.of(
                "clock of " + part.name() + " against ours",
                () -> read(part, context),
                (before, during) -> isThatFar(during.figure() - before.figure(), least));
    }

    private static boolean isThatFar(double moved, double least) {
        return least < 0 ? moved <= least : moved >= least;
    }

    private static Reading read(Part part, Context context) {
        var ahead = part.role() == Role.DATABASE ? database(part, context) : http(part, context);
        return new Reading("%+.1f s".formatted(ahead), ahead);
    }

    private static double database(Part part, Context context) {
        var now = context.stage().sql(part.region(), "SELECT UNIX_TIMESTAMP(NOW(6))").getFirst();
        return Double.parseDouble(now) - Instant.now().toEpochMilli() / 1e3;
    }

    private static double http(Part part, Context context) {
        var head = Https.head(part, context);
        var date =
                head.lines()
                        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("date:"))
                        .findFirst()
                        .orElseThrow(() -> new FaultFailure(part.name() + " says no date: " + head))
                        .substring("date:".length())
                        .strip();
        var said = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        return Duration.between(Instant.now(), said).toMillis() / 1e3;
    }
}
