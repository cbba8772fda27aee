package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.Parts;
import dev.paygateway.chaos.audit.evidence.Regions;
import dev.paygateway.chaos.audit.judge.Horizon;
import dev.paygateway.chaos.audit.outage.Objectives;
import dev.paygateway.chaos.audit.outage.Outages;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.List;

/** Judges as many events as are asked for, in a process whose heap is what it was given. */
final class ManyEvents {
    private static final long MIB = 1 << 20;

    private ManyEvents() {}

    public static void main(String[] arguments) {
        var began = System.nanoTime();
        var clones = new Clones();
        var copies = Long.parseLong(arguments[0]) / clones.eventsInEach();
        var verdict = judge(clones, copies);
        if (!verdict.violations().isEmpty() || verdict.work().payments() != 7 * copies) {
            throw new IllegalStateException(verdict.work() + " " + verdict.violations());
        }
        var processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        System.out.printf(
                "%d events of %d payments: %d s, of them %d s of one core; heap peak %d MiB%n",
                copies * clones.eventsInEach(),
                verdict.work().payments(),
                Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                Duration.ofNanos(processor).toSeconds(),
                heapPeak() / MIB);
    }

    static Verdict judge(Clones clones, long copies) {
        var run = clones.world().run();
        var later = run.ended().plus(Duration.ofHours(1));
        var horizon = new Horizon(later, later, World.BOUND, List.of(run), true);
        var outages = new Outages(Objectives.STANDARD, List.of(), Regions.ONE);
        try (var parts = Parts.create()) {
            clones.tell(parts, copies);
            return Audit.judge(parts, horizon, outages)
                    .verdict(List.of(run), outages, Enough.OF_LOAD);
        }
    }

    private static long heapPeak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
