package dev.paygateway.chaos.crash;

import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Call.Operation;
import dev.paygateway.chaos.audit.evidence.History;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Payments by whether the instance that answered was exchanging its credential while they were
 * under way: one run compared with itself.
 *
 * @param near milliseconds of those that were, sorted
 * @param far milliseconds of all others, sorted
 */
record Nearness(List<Double> near, List<Double> far) {
    /** From the decision over login, new pool and swap; the drain goes on behind it. */
    private static final Duration EXCHANGE = Duration.ofSeconds(1);

    private static final Pattern TIME = Pattern.compile("\"@timestamp\":\"([^\"]+)\"");

    static Nearness of(World world) throws IOException {
        var exchanges =
                World.INSTANCES.stream()
                        .collect(
                                Collectors.toMap(
                                        name -> world.lab().part(name).address(),
                                        name -> exchanges(world, name)));
        var near = new ArrayList<Double>();
        var far = new ArrayList<Double>();
        History.read(
                world.history(),
                call -> {
                    if (isPaid(call)) {
                        (isNear(call, exchanges) ? near : far).add(millis(call));
                    }
                });
        return new Nearness(near.stream().sorted().toList(), far.stream().sorted().toList());
    }

    private static NavigableSet<Instant> exchanges(World world, String instance) {
        try (var log = Files.lines(world.lab().part(instance).log())) {
            return log.filter(ShortCredentials::isExchange)
                    .map(line -> {
                        var time = TIME.matcher(line);
                        return time.find() ? Instant.parse(time.group(1)) : Instant.EPOCH;
                    })
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static boolean isPaid(Call call) {
        return call.operation() == Operation.PAY && call.http() == 201;
    }

    private static boolean isNear(Call call, Map<String, NavigableSet<Instant>> exchanges) {
        var begun = call.invoked().wall();
        var ended = begun.plus(took(call));
        var here = exchanges.getOrDefault(host(call), new TreeSet<>());
        return !here.subSet(begun.minus(EXCHANGE), true, ended, true).isEmpty();
    }

    private static String host(Call call) {
        return call.asked().target().orElse("").replace("https://", "");
    }

    private static Duration took(Call call) {
        return Duration.ofNanos(
                call.answer().orElseThrow().at().monotonic() - call.invoked().monotonic());
    }

    private static double millis(Call call) {
        return took(call).toNanos() / 1e6;
    }

    private static String quantiles(List<Double> sorted) {
        if (sorted.isEmpty()) {
            return "none";
        }
        return "%d payments, p50 %.1f ms, p99 %.1f ms, worst %.1f ms"
                .formatted(
                        sorted.size(),
                        sorted.get(sorted.size() / 2),
                        sorted.get(Math.min(sorted.size() - 1, sorted.size() * 99 / 100)),
                        sorted.getLast());
    }

    @Override
    public String toString() {
        return "during an exchange: %s%nelse:               %s"
                .formatted(quantiles(near), quantiles(far));
    }
}
