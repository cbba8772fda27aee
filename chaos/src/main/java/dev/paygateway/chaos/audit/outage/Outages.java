package dev.paygateway.chaos.audit.outage;

import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Dossier;
import dev.paygateway.chaos.audit.evidence.Fault;
import dev.paygateway.chaos.audit.evidence.Regions;
import dev.paygateway.chaos.audit.judge.Law;
import dev.paygateway.chaos.audit.judge.Ruling;
import dev.paygateway.chaos.audit.judge.Ruling.Breach;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * I17: for each fault, the longest time in which no client was served, and each of them was not,
 * and when the rate was back. A fault that did not bite, or under which nobody asked for anything,
 * tested nothing.
 */
public final class Outages {
    private final Objectives objectives;
    private final List<Fault> faults;
    private final Pulse pulse = new Pulse(_ -> true);
    private final Regions regions;
    private final Map<String, Pulse> pulses = new TreeMap<>();
    private final Map<String, Client> clients = new TreeMap<>();

    /**
     * @param faults those of the runs judged
     * @param regions whose answers are counted apart
     */
    public Outages(Objectives objectives, List<Fault> faults, Regions regions) {
        this.objectives = objectives;
        this.faults = List.copyOf(faults);
        this.regions = regions;
        regions.names()
                .forEach(region -> pulses.put(region, new Pulse(call -> isOf(call, region))));
    }

    public void take(Dossier dossier) {
        pulse.take(dossier.calls());
        pulses.values().forEach(itsPulse -> itsPulse.take(dossier.calls()));
        dossier.calls().stream()
                .collect(Collectors.groupingBy(Call::run))
                .forEach((run, calls) ->
                        clients.computeIfAbsent(run, _ -> new Client(regions)).take(calls));
    }

    private boolean isOf(Call call, String region) {
        return regions.answering(call).filter(region::equals).isPresent();
    }

    /** Keys that each region answered 2xx. */
    public Map<String, Long> acknowledgedByRegion() {
        return pulses.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().acknowledged()));
    }

    /** What each fault cost; faults that never came about left out. */
    public List<Outage> measured() {
        return faults.stream().filter(this::isMeasurable).map(this::measure).toList();
    }

    private boolean isMeasurable(Fault fault) {
        return fault.failed().isEmpty() && !(isTotal(fault) && fault.healed().isEmpty());
    }

    private boolean isTotal(Fault fault) {
        return objectives.total().contains(fault.name());
    }

    private Outage measure(Fault fault) {
        var total = isTotal(fault);
        var from = total ? fault.healed().orElse(fault.injected()) : fault.injected();
        var until = until(fault, from);
        var byRegion = new TreeMap<String, Duration>();
        pulses.forEach(
                (region, itsPulse) -> byRegion.put(region, gap(itsPulse, from, until, total)));
        var rate = new Rate(pulse, fault.injected(), objectives.rateShare());
        return new Outage(
                fault,
                from,
                gap(pulse, from, until, total),
                byRegion,
                clients.size() > 1 ? gapsByClient(from, until, total) : Map.of(),
                rate.backAfter(from, loadEnded()));
    }

    private Map<String, Duration> gapsByClient(Instant from, Instant until, boolean cut) {
        var gaps = new TreeMap<String, Duration>();
        clients.forEach((history, client) -> {
            if (!client.isBoundToOneRegion()) {
                gaps.put(history, gap(client.pulse(), from, until, cut));
            }
        });
        return gaps;
    }

    /** A fault's harm may outlast it, for as long as even a bad day allows. */
    private Instant until(Fault fault, Instant from) {
        var ended = fault.healed().filter(end -> end.isAfter(from)).orElse(from);
        return ended.plus(objectives.gate());
    }

    private static Duration gap(Pulse pulse, Instant from, Instant until, boolean cut) {
        return Duration.ofMillis(pulse.longestGap(from, until, cut));
    }

    private Instant loadEnded() {
        return Instant.ofEpochMilli(pulse.lastAsked().orElse(0L));
    }

    /** The law; held against each fault that came about. */
    public Ruling ruling() {
        var measured = measured();
        var breaches = measured.stream().flatMap(outage -> breach(outage).stream()).toList();
        return new Ruling(Law.I17, measured.size(), breaches);
    }

    private Optional<Breach> breach(Outage outage) {
        var problems = new ArrayList<String>();
        if (outage.gap().compareTo(objectives.gapMax()) > 0) {
            problems.add(
                    "nobody was served for %s, where %s is the longest allowed%s"
                            .formatted(
                                    seconds(outage.gap()),
                                    seconds(objectives.gapMax()),
                                    outage.gap().compareTo(objectives.gate()) > 0
                                            ? ", and even " + seconds(objectives.gate()) + " fail"
                                            : ""));
        }
        unserved(outage).forEach(problems::add);
        if (isTooSlow(outage)) {
            problems.add(
                    "%.0f %% of the rate was back %s, where %s is allowed"
                            .formatted(
                                    objectives.rateShare() * 100,
                                    outage.rateBack()
                                            .map(time -> "after " + seconds(time))
                                            .orElse("never while the load lasted"),
                                    seconds(objectives.rateBackWithin())));
        }
        return problems.isEmpty()
                ? Optional.empty()
                : Optional.of(new Breach(outage.fault().toString(), problems, proofs(outage)));
    }

    private Stream<String> unserved(Outage outage) {
        var longest = objectives.gapMaxOfOne();
        return outage.gapsByHistory().entrySet().stream()
                .filter(gap -> gap.getValue().compareTo(longest) > 0)
                .sorted(Map.Entry.comparingByKey())
                .map(gap ->
                        "the client of %s was not served for %s, where %s is its longest"
                                .formatted(
                                        gap.getKey(), seconds(gap.getValue()), seconds(longest)));
    }

    private boolean isTooSlow(Outage outage) {
        return outage.rateBack()
                .map(time -> time.compareTo(objectives.rateBackWithin()) > 0)
                .orElse(isLoadedLongEnough(outage));
    }

    private boolean isLoadedLongEnough(Outage outage) {
        return Rate.isMeasurable(outage.countedFrom(), objectives.rateBackWithin(), loadEnded());
    }

    private static List<String> proofs(Outage outage) {
        return outage.fault().proofs();
    }

    private static String seconds(Duration time) {
        return "%.1f s".formatted(time.toMillis() / 1_000.0);
    }

    /** What was not tested, in words. */
    public List<String> untested() {
        var untested = new ArrayList<String>();
        faults.forEach(fault -> flaw(fault).ifPresent(flaw -> untested.add(fault + " " + flaw)));
        for (var outage : measured()) {
            if (!isAskedDuring(outage)) {
                untested.add(outage.fault() + " fell into a time when nobody asked for anything");
            } else if (outage.rateBack().isEmpty() && !isLoadedLongEnough(outage)) {
                untested.add(
                        outage.fault() + " was followed by too little load to see the rate back");
            }
        }
        return untested;
    }

    private Optional<String> flaw(Fault fault) {
        if (fault.failed().isPresent()) {
            return fault.failed().map(why -> "did not come about: " + why);
        }
        if (!fault.hasBitten()) {
            return Optional.of("has no proof that it bit: it tested nothing");
        }
        return isMeasurable(fault) ? Optional.empty() : Optional.of("leaves nobody to serve yet");
    }

    private boolean isAskedDuring(Outage outage) {
        var from = outage.countedFrom();
        return pulse.isTried(from.toEpochMilli(), from.plus(objectives.gapMax()).toEpochMilli());
    }
}
