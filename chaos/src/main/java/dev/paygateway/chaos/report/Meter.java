package dev.paygateway.chaos.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Counts a client's history, line by line, while it is being written or when it is whole: what came
 * in each second, and from that how long the client was without the service.
 */
public final class Meter {
    /** The rate is looked at over as many seconds, so that one late answer is no outage. */
    static final int WINDOW_SECONDS = 5;

    private static final double RATE_SHARE = 0.99;
    private static final int STEADY_SECONDS = 8;
    private static final double STEADY_SHARE = 0.95;

    /** A shorter gap between successes is a slow answer, no outage: a try has as long. */
    private static final Duration GAP_MIN = Duration.ofSeconds(2);

    private final TreeMap<Long, Tick> ticks = new TreeMap<>();
    private final Map<String, Instant> waiting = new HashMap<>();
    private final Map<String, Instant> over = new HashMap<>();
    private final List<Instant> successes = new ArrayList<>();
    private final Totals totals = new Totals();

    /** What is still being counted of one second. */
    private static final class Tick {
        private int arrived;
        private int acknowledged;
        private int answered;
        private int unknown;
        private final List<Duration> latencies = new ArrayList<>();

        Second second(Instant at) {
            return new Second(
                    at, arrived, acknowledged, answered, unknown, share(0.50), share(0.99));
        }

        private Duration share(double quantile) {
            var sorted = latencies.stream().sorted().toList();
            return sorted.isEmpty()
                    ? Duration.ZERO
                    : sorted.get((int) Math.ceil(quantile * sorted.size()) - 1);
        }
    }

    private static final class Totals {
        private long acknowledged;
        private long unknown;
    }

    /** Takes the next line of the history. */
    public synchronized void take(JsonNode line) {
        var type = line.path("type").asString("");
        if (!line.path("wall").isString() || line.path("op").asString("get").equals("get")) {
            return;
        }
        var at = Instant.parse(line.path("wall").stringValue());
        var key = line.path("key").asString("");
        var pays = line.path("op").stringValue().equals("pay");
        switch (type) {
            case "invoke" -> invoked(at, key, pays);
            case "ok", "ack" -> succeeded(at, key, pays);
            case "fail" -> answered(at, key, pays);
            case "info" -> unknown(at);
            default -> {}
        }
    }

    private void invoked(Instant at, String key, boolean pays) {
        if (pays && !over.containsKey(key) && waiting.putIfAbsent(key, at) == null) {
            tick(at).arrived++;
        }
    }

    private void succeeded(Instant at, String key, boolean pays) {
        tick(at).acknowledged++;
        totals.acknowledged++;
        successes.add(at);
        answered(at, key, pays);
    }

    private void answered(Instant at, String key, boolean pays) {
        var since = pays ? waiting.remove(key) : null;
        if (since != null) {
            over.put(key, at);
            tick(at).answered++;
            tick(since).latencies.add(Duration.between(since, at));
        }
    }

    private void unknown(Instant at) {
        tick(at).unknown++;
        totals.unknown++;
    }

    private Tick tick(Instant at) {
        return ticks.computeIfAbsent(at.getEpochSecond(), _ -> new Tick());
    }

    /** Every second from the first to the last, also those in which nothing came. */
    public synchronized List<Second> seconds() {
        if (ticks.isEmpty()) {
            return List.of();
        }
        var seconds = new ArrayList<Second>();
        for (long at = ticks.firstKey(); at <= ticks.lastKey(); at++) {
            var tick = ticks.getOrDefault(at, new Tick());
            seconds.add(tick.second(Instant.ofEpochSecond(at)));
        }
        return seconds;
    }

    /** Whether of what arrived in the last whole seconds all but one in twenty was answered. */
    public synchronized boolean isSteady(Instant now) {
        long until = now.getEpochSecond();
        var last = ticks.subMap(until - STEADY_SECONDS, true, until, false).values();
        int arrived = last.stream().mapToInt(tick -> tick.arrived).sum();
        int answered = last.stream().mapToInt(tick -> tick.answered).sum();
        int unknown = last.stream().mapToInt(tick -> tick.unknown).sum();
        return arrived > 0 && answered >= STEADY_SHARE * arrived && unknown == 0;
    }

    /** How it goes: the last whole second, and all so far. */
    public synchronized Pulse pulse() {
        var last = ticks.isEmpty() ? 0 : ticks.lastKey() - 1;
        var tick = ticks.getOrDefault(last, new Tick());
        return new Pulse(
                tick.acknowledged,
                totals.acknowledged,
                totals.unknown,
                waiting.size(),
                tick.second(Instant.ofEpochSecond(last)).p99());
    }

    /**
     * How a client fares.
     *
     * @param waiting payments that have no answer yet
     */
    public record Pulse(
            int perSecond, long acknowledged, long unknown, int waiting, Duration p99) {}

    /**
     * The longest time without a success, from the first fault on. Of several faults, the last one
     * that began before that time was over counts as its cause.
     *
     * @param faults when they began, the first one first
     * @param end when the last payment arrived; what comes later is no part of it
     * @param ratePerSecond at which payments arrived
     */
    public synchronized Outage outage(List<Instant> faults, Instant end, double ratePerSecond) {
        var fault = faults.getFirst();
        var from = fault;
        var rto = Duration.ZERO;
        var last = lastBefore(fault);
        for (var at : edges(fault, end)) {
            var gap = Duration.between(last, at);
            if (gap.compareTo(rto) > 0) {
                rto = gap;
                from = last;
            }
            last = at;
        }
        if (rto.compareTo(GAP_MIN) <= 0) {
            return new Outage(from, rto, back(fault, end, ratePerSecond, fault));
        }
        var over = from.plus(rto);
        var cause = faults.stream().filter(at -> at.isBefore(over)).max(Instant::compareTo);
        return new Outage(from, rto, back(over, end, ratePerSecond, cause.orElse(fault)));
    }

    private Instant lastBefore(Instant fault) {
        return successes.stream()
                .filter(at -> !at.isAfter(fault))
                .max(Instant::compareTo)
                .orElse(fault);
    }

    /** The successes after the fault in order, and the end. */
    private List<Instant> edges(Instant fault, Instant end) {
        var edges = new ArrayList<>(successes);
        edges.removeIf(at -> !at.isAfter(fault) || !at.isBefore(end));
        edges.sort(Instant::compareTo);
        edges.add(end);
        return edges;
    }

    /** When a window first holds as many answers as payments arrive in it. */
    private Optional<Duration> back(
            Instant search, Instant end, double ratePerSecond, Instant fault) {
        var times = over.values().stream().sorted().toList();
        var wanted = RATE_SHARE * ratePerSecond * WINDOW_SECONDS;
        var last = end.minusSeconds(WINDOW_SECONDS);
        for (var at = search; !at.isAfter(last); at = at.plusMillis(100)) {
            var until = at.plusSeconds(WINDOW_SECONDS);
            var from = at;
            var found = times.stream().filter(it -> !it.isBefore(from) && it.isBefore(until));
            if (found.count() >= Math.floor(wanted)) {
                return Optional.of(Duration.between(fault, at));
            }
        }
        return Optional.empty();
    }
}
