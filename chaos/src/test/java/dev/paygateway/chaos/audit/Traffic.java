package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Call.Outcome;
import dev.paygateway.chaos.audit.evidence.Dossier;
import dev.paygateway.chaos.audit.evidence.Fault;
import dev.paygateway.chaos.audit.evidence.Moment;
import dev.paygateway.chaos.audit.evidence.Regions;
import dev.paygateway.chaos.audit.outage.Objectives;
import dev.paygateway.chaos.audit.outage.Outages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A paced load of ten payments a second, as a client's history tells of it. */
final class Traffic {
    static final Instant START = World.START;
    static final Regions REGIONS =
            new Regions(Map.of("east", Set.of("https://east/"), "north", Set.of("https://north")));

    private static final Duration PACE = Duration.ofMillis(100);
    private static final Duration ANSWER = Duration.ofMillis(80);

    private final List<Dossier> dossiers = new ArrayList<>();
    private Instant now = START;
    private String run = "load-test.jsonl";
    private String target = "https://east";
    private Duration pace = PACE;

    static Instant at(double seconds) {
        return START.plusMillis((long) (seconds * 1_000));
    }

    /** Payments that are answered 201 by a region, as they come, until that second. */
    Traffic served(double until, String region) {
        while (now.isBefore(at(until))) {
            ask(Optional.of(answer(Outcome.OK, 201, now.plus(ANSWER), Optional.of(region))));
        }
        return this;
    }

    Traffic served(double until) {
        return served(until, "east");
    }

    Traffic declined(double until) {
        while (now.isBefore(at(until))) {
            ask(Optional.of(answer(Outcome.FAIL, 402, now.plus(ANSWER), Optional.of("east"))));
        }
        return this;
    }

    /** Payments that are answered 503 until that second. */
    Traffic refused(double until) {
        while (now.isBefore(at(until))) {
            ask(Optional.of(answer(Outcome.INFO, 503, now.plus(ANSWER), Optional.of("east"))));
        }
        return this;
    }

    /** One payment in that many is refused, until that second. */
    Traffic refusedOneIn(int share, double until) {
        for (var number = 1; now.isBefore(at(until)); number++) {
            var refused = number % share == 0;
            var outcome = refused ? Outcome.INFO : Outcome.OK;
            ask(
                    Optional.of(
                            answer(
                                    outcome,
                                    refused ? 503 : 201,
                                    now.plus(ANSWER),
                                    Optional.of("east"))));
        }
        return this;
    }

    /** Nobody asks until that second. */
    Traffic quiet(double until) {
        now = at(until);
        return this;
    }

    /** From here on another client tells, who asks that address; its time begins anew. */
    Traffic andOf(String history, String address) {
        run = history;
        target = address;
        now = START;
        pace = PACE;
        return this;
    }

    /** One payment in that time. */
    Traffic every(Duration time) {
        pace = time;
        return this;
    }

    Outages judgedBy(Fault... faults) {
        return judgedBy(Objectives.STANDARD, faults);
    }

    Outages judgedBy(Objectives objectives, Fault... faults) {
        var outages = new Outages(objectives, List.of(faults), REGIONS);
        dossiers.forEach(outages::take);
        return outages;
    }

    static Fault fault(double injected, double healed) {
        return new Fault(
                "f-1",
                "region-cut",
                "NetworkChaos",
                List.of("east-gateway-1"),
                at(injected),
                Optional.of(at(healed)),
                List.of("tcp connect: before 31 ms, during timed out"),
                Optional.empty());
    }

    private void ask(Optional<Call.Answer> answer) {
        var number = dossiers.size() + 1L;
        var call =
                new Call(
                        run,
                        number,
                        1,
                        Call.Operation.PAY,
                        Story.MERCHANT,
                        Optional.of("run-" + number),
                        asked(),
                        new Moment(now, now.toEpochMilli()),
                        answer);
        dossiers.add(
                new Dossier(
                        "key " + number,
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Set.of(),
                        List.of(call),
                        List.of()));
        now = now.plus(pace);
    }

    private Call.Asked asked() {
        return new Call.Asked(
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(100),
                Optional.of("EUR"),
                Optional.of("4242"),
                Optional.of("automatic"),
                Optional.empty(),
                Optional.of(target));
    }

    private static Call.Answer answer(
            Outcome outcome, long http, Instant at, Optional<String> region) {
        return new Call.Answer(
                outcome,
                new Moment(at, at.toEpochMilli()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(http),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                region);
    }
}
