package dev.paygateway.chaos.report;

import dev.paygateway.chaos.report.Judgement.LawState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A drill that never was. */
final class Fixture {
    static final Instant START = Instant.parse("2026-11-26T09:00:00Z");
    private static final Instant FAULT = START.plusSeconds(25);

    private Fixture() {}

    static DrillReport report(boolean good) {
        return new DrillReport(
                subject(START),
                Map.of("JDK", "25.0.3+9", "mariadbd", "10.11.19-MariaDB", "galera", "26.4.23"),
                FAULT,
                steps(),
                List.of(
                        new FaultSpan(
                                "region-loss",
                                "north-database, north-gateway-1, north-gateway-2",
                                FAULT,
                                Optional.of(START.plusSeconds(75)),
                                Optional.of("tcp connect to north: 31 ms, then <refused>"))),
                List.of(client("both", 5_600), client("dns", 9_200)),
                List.of(
                        new GateResult("RTO, client both", "<= 15.0 s", "5.6 s", true, true),
                        new GateResult("failed payments", "<= 0", good ? "0" : "3", good, false)),
                new Judgement(
                        good,
                        good ? 0 : 1,
                        List.of(
                                new LawState("I1", "kept for ever", "kept", 5_120, 0),
                                new LawState("I15", "reaches the webhook", "not yet", 0, 0)),
                        List.of(
                                new Judgement.Cost(
                                        "f-1",
                                        "region-loss",
                                        Duration.ofMillis(5_480),
                                        Optional.of(Duration.ofMillis(6_000)))),
                        good ? List.of() : List.of("I1 pay_1: acknowledged and <gone>")));
    }

    /** The same, with these gates and no others. */
    static DrillReport with(DrillReport report, GateResult... gates) {
        return new DrillReport(
                report.subject(),
                report.versions(),
                report.faultAt(),
                report.steps(),
                report.faults(),
                report.clients(),
                List.of(gates),
                report.judgement());
    }

    static DrillReport.Subject subject(Instant started) {
        return new DrillReport.Subject(
                "region-loss",
                "A region is lost",
                "the other region goes on within 15 s & nothing is lost.",
                42,
                "95b1455bbce4*",
                started,
                started.plusSeconds(180));
    }

    private static List<StepDone> steps() {
        return List.of(
                new StepDone(
                        "fault",
                        "./gateway fault play chaos/experiments/region-loss.yaml --seed 42",
                        FAULT,
                        Duration.ofMillis(820),
                        0,
                        Optional.empty(),
                        "north-database killed\n<proved>"),
                new StepDone(
                        "during",
                        "./gateway status",
                        FAULT.plusSeconds(9),
                        Duration.ofMillis(60),
                        0,
                        Optional.of("exit 0 instead of 1"),
                        "all runs"));
    }

    /** Twenty a second, nothing for a while after the fault, then all that waited, then twenty. */
    private static ClientView client(String name, int rtoMillis) {
        var seconds = new ArrayList<Second>();
        int hole = rtoMillis / 1_000;
        for (int at = 0; at < 110; at++) {
            boolean out = at > 25 && at < 25 + hole;
            int rate = out ? 0 : at == 25 + hole ? 20 * hole : 19 + at % 3;
            seconds.add(
                    new Second(
                            START.plusSeconds(at),
                            20,
                            rate,
                            rate,
                            out ? 7 + at % 5 : 0,
                            Duration.ofMillis(out ? 3_000 : 60 + at % 7),
                            Duration.ofMillis(out ? 5_400 : 140 + 13 * (at % 11))));
        }
        return new ClientView(
                name,
                new Outage(
                        FAULT.plusMillis(120),
                        Duration.ofMillis(rtoMillis),
                        Optional.of(Duration.ofMillis(rtoMillis + 400))),
                2_200,
                2_560,
                0,
                38,
                41,
                0,
                Duration.ofMillis(63),
                Duration.ofMillis(2_310),
                Duration.ofMillis(6_020),
                seconds);
    }
}
