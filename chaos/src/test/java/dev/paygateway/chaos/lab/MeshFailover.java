package dev.paygateway.chaos.lab;

import dev.paygateway.chaos.lab.MeshWorld.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * East's instances die at once under a paced load of keyed and unkeyed POSTs, stay dead for longer
 * than an ejection lasts, and come back.
 */
final class MeshFailover {
    private static final Duration PACE = Duration.ofMillis(50);
    private static final Duration DEAD = Duration.ofSeconds(20);
    static final Duration BACK_LIMIT = Duration.ofSeconds(60);
    private static final String[] KEYED = {"idempotency-key", "order-1001-attempt-1"};

    private final MeshWorld world;
    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    private final long start = System.nanoTime();

    private MeshFailover(MeshWorld world) {
        this.world = world;
    }

    private record Sent(boolean keyed, long answeredAt, long askedAt, Answer answer) {
        boolean isFrom(String region) {
            return answer.status() == 200 && answer.body().startsWith(region);
        }
    }

    /**
     * What a round showed.
     *
     * @param toRemote from the death to North's first answer
     * @param back from East's return to its first answer
     */
    record Figures(
            Duration toRemote, Errors keyed, Errors unkeyed, Duration back, int errorsBefore) {}

    /** Failed calls among those that were asked while East was dead, and when the last one was. */
    record Errors(long failed, long asked, Duration last) {
        @Override
        public String toString() {
            return "%d of %d failed, the last %d ms after the death"
                    .formatted(failed, asked, last.toMillis());
        }
    }

    static Figures measure(MeshWorld world) {
        world.fresh();
        return new MeshFailover(world).play();
    }

    private Figures play() {
        try (var clock = Executors.newSingleThreadScheduledExecutor();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ticks = new AtomicBoolean();
            var load =
                    clock.scheduleAtFixedRate(
                            () -> {
                                var keyed = !ticks.get();
                                ticks.set(keyed);
                                threads.execute(() -> send(keyed));
                            },
                            0,
                            PACE.toMillis(),
                            TimeUnit.MILLISECONDS);
            until(Duration.ofSeconds(20), each -> sent.size() >= 40);
            var death = now();
            world.each("e1 e2", Upstream::die);
            until(DEAD.plusSeconds(5), each -> now() - death > DEAD.toNanos());
            var rise = now();
            world.each("e1 e2", Upstream::rise);
            until(BACK_LIMIT, each -> each.isFrom("e") && each.askedAt() > rise);
            load.cancel(false);
            return figures(death, rise);
        }
    }

    private void until(Duration limit, Predicate<Sent> event) {
        Await.holds(limit, () -> sent.stream().anyMatch(event));
    }

    private void send(boolean keyed) {
        var asked = now();
        var headers = keyed ? KEYED : new String[] {};
        var answer = world.call("POST", MeshCheck.PAYMENTS, headers);
        sent.add(new Sent(keyed, now(), asked, answer));
    }

    private long now() {
        return System.nanoTime() - start;
    }

    private Figures figures(long death, long rise) {
        var all = List.copyOf(sent);
        var remote = first(all, death, "n");
        var back = first(all, rise, "e");
        var early = all.stream().filter(each -> each.answeredAt() < death);
        return new Figures(
                remote,
                errors(all, true, death, rise),
                errors(all, false, death, rise),
                back,
                (int) early.filter(each -> each.answer().status() != 200).count());
    }

    private static Duration first(List<Sent> all, long from, String region) {
        return Duration.ofNanos(
                all.stream()
                        .filter(each -> each.askedAt() > from && each.isFrom(region))
                        .mapToLong(each -> each.answeredAt() - from)
                        .min()
                        .orElse(Long.MAX_VALUE));
    }

    private static Errors errors(List<Sent> all, boolean keyed, long death, long rise) {
        var asked =
                all.stream()
                        .filter(each -> each.keyed() == keyed)
                        .filter(each -> each.answeredAt() > death && each.askedAt() < rise)
                        .toList();
        var failed = asked.stream().filter(each -> each.answer().status() != 200).toList();
        var last = failed.stream().mapToLong(each -> each.answeredAt() - death).max().orElse(0);
        return new Errors(failed.size(), asked.size(), Duration.ofNanos(last));
    }
}
