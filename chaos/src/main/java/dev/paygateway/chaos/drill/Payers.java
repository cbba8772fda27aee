package dev.paygateway.chaos.drill;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.lab.RunEnvironment;
import dev.paygateway.chaos.load.LoadResult;
import dev.paygateway.chaos.report.ClientView;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The clients of a drill, side by side. */
final class Payers implements AutoCloseable {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final List<Payer> all = new ArrayList<>();

    /** They pay from now on. */
    @MustBeClosed
    Payers(Frame frame, Terms terms, RunEnvironment environment) {
        var time = NAME.format(Instant.now());
        for (int each = 0; each < frame.clients().size(); each++) {
            var via = frame.clients().get(each);
            var name = "drill-%s-%s-%s.jsonl".formatted(frame.drill(), time, Ways.word(via));
            // Each its own choices, all of them from the one seed.
            var seed = terms.seed() + each;
            all.add(new Payer(via, frame, seed, terms.histories().resolve(name), environment));
        }
    }

    /** Whether each of them is served as fast as it asks. */
    boolean steady() {
        return all.stream().allMatch(Payer::steady);
    }

    String pulse() {
        return all.stream().map(Payer::pulse).collect(Collectors.joining(" | "));
    }

    /**
     * Lets them pay for a while.
     *
     * @throws DrillFailure when one of them stopped paying
     */
    void payFor(Duration time) throws InterruptedException {
        var end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            requireAll();
            Thread.sleep(LOOK_EVERY);
        }
        requireAll();
    }

    private void requireAll() {
        for (var payer : all) {
            if (payer.broke()) {
                throw new DrillFailure("a client ended by itself", payer::result);
            }
        }
    }

    /** Ends all of them; what they left open has ended by then, or will not. */
    List<LoadResult> end() {
        all.forEach(Payer::end);
        return all.stream().map(Payer::result).toList();
    }

    List<ClientView> views(List<Instant> faults) {
        return all.stream().map(payer -> payer.view(faults)).toList();
    }

    /** Lets nobody arrive any more, on whatever way out. */
    @Override
    public void close() {
        all.forEach(Payer::end);
    }
}
