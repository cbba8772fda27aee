package dev.paygateway.chaos.audit.evidence;

import dev.paygateway.chaos.audit.evidence.BookLine.Effect;
import dev.paygateway.chaos.audit.evidence.BookLine.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the lost key behind a charge that no operation asked for. The books share no id then, so it
 * goes by account, amount and currency, and by time: the charge fell while the client was calling.
 */
final class Suspects {
    /** How long after a client gave up its request can still reach an acquirer. */
    private static final Duration REQUEST_LIFE = Duration.ofSeconds(30);

    /** What two clocks of one sandbox may differ by. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(1);

    private final Map<Subject, List<Window>> windows = new HashMap<>();

    /** From the first try of a lost key to the last moment at which its request can act. */
    private record Window(Call call, Instant from, Instant until) {
        boolean holds(Instant at) {
            return !at.isBefore(from) && !at.isAfter(until);
        }
    }

    Suspects(List<List<Call>> lostKeys) {
        lostKeys.stream()
                .filter(calls -> calls.getFirst().operation() == Call.Operation.PAY)
                .forEach(this::add);
    }

    private void add(List<Call> calls) {
        var first = calls.getFirst();
        var subject = subject(first);
        if (subject.isEmpty()) {
            return;
        }
        var times = calls.stream().flatMap(Suspects::times).sorted().toList();
        var window =
                new Window(
                        first,
                        times.getFirst().minus(CLOCK_SKEW),
                        times.getLast().plus(REQUEST_LIFE));
        windows.computeIfAbsent(subject.get(), _ -> new ArrayList<>(1)).add(window);
    }

    /** What the books would hold of a charge that the call caused. */
    static Optional<Subject> subject(Call call) {
        var asked = call.asked();
        return asked.amount().isPresent() && asked.currency().isPresent()
                ? Optional.of(
                        new Subject(
                                "acct_" + call.merchant(),
                                asked.amount().getAsLong(),
                                asked.currency().get()))
                : Optional.empty();
    }

    private static Stream<Instant> times(Call call) {
        return Stream.concat(
                Stream.of(call.invoked().wall()),
                call.answer().map(answer -> answer.at().wall()).stream());
    }

    /** The first call of the key that fits best; a key is blamed for one charge only. */
    Optional<Call> causeOf(List<BookLine> ghost) {
        var charge =
                ghost.stream()
                        .filter(Effect.class::isInstance)
                        .map(Effect.class::cast)
                        .filter(effect -> effect.is(Effect.Kind.AUTHORIZED))
                        .findFirst();
        return charge.flatMap(this::take).map(Window::call);
    }

    private Optional<Window> take(Effect charge) {
        var candidates = windows.getOrDefault(charge.subject(), new ArrayList<>());
        var best =
                candidates.stream()
                        .filter(window -> window.holds(charge.origin().at()))
                        .max(Comparator.comparing(Window::from));
        best.ifPresent(candidates::remove);
        return best;
    }
}
