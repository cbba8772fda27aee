package dev.paygateway.resource;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A block with a scope, blocks nested in it, and failures anywhere. */
record ScopeTree(List<Step> steps) {
    private static final int DEPTH_MAX = 4;
    private static final int STEPS_MAX = 6;
    private static final int NAMES = 1_000_000;

    ScopeTree {
        steps = List.copyOf(steps);
    }

    /** What a block does, one after the other, until a step fails. */
    sealed interface Step {
        record Own(int name, boolean failsToClose) implements Step {}

        record FailToAcquire(int name) implements Step {}

        record Fail(int name) implements Step {}

        record Nest(ScopeTree tree, boolean isSurvived) implements Step {}
    }

    private static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message);
        }
    }

    static ScopeTree grow(Random dice) {
        return grow(dice, DEPTH_MAX);
    }

    private static ScopeTree grow(Random dice, int depth) {
        var steps = new ArrayList<Step>();
        for (var count = dice.nextInt(STEPS_MAX + 1); count > 0; count--) {
            var name = dice.nextInt(NAMES);
            steps.add(
                    switch (dice.nextInt(10)) {
                        case 0 -> new Step.Fail(name);
                        case 1 -> new Step.FailToAcquire(name);
                        case 2, 3 -> new Step.Own(name, true);
                        case 4, 5, 6 ->
                                depth == 0
                                        ? new Step.Own(name, false)
                                        : new Step.Nest(grow(dice, depth - 1), dice.nextBoolean());
                        default -> new Step.Own(name, false);
                    });
        }
        return new ScopeTree(steps);
    }

    /** All that happens, in its order, with the outcome at the end. */
    List<String> run() {
        var log = new ArrayList<String>();
        try {
            run(log);
            log.add("fine");
        } catch (Failure failure) {
            log.add(failure.getMessage() + ", suppressed: " + failure.getSuppressed().length);
        }
        return log;
    }

    @SuppressWarnings("OuterScope") // one scope with whatever the dice put into it
    private void run(List<String> log) throws Failure {
        try (var scope = new Scope(failure -> log.add("reported " + failure.getMessage()))) {
            for (var step : steps) {
                switch (step) {
                    case Step.Own own -> scope.own(() -> resource(own, log));
                    case Step.FailToAcquire(var name) -> scope.own(() -> refuse(name));
                    case Step.Fail(var name) -> throw new Failure("work " + name);
                    case Step.Nest(var tree, var isSurvived) -> tree.runNested(log, isSurvived);
                }
            }
        }
    }

    private void runNested(List<String> log, boolean isSurvived) throws Failure {
        try {
            run(log);
        } catch (Failure failure) {
            if (!isSurvived) {
                throw failure;
            }
        }
    }

    private static AutoCloseable resource(Step.Own own, List<String> log) {
        return () -> {
            log.add("released " + own.name());
            if (own.failsToClose()) {
                throw new Failure("close " + own.name());
            }
        };
    }

    private static AutoCloseable refuse(int name) throws Failure {
        throw new Failure("acquire " + name);
    }

    /** What must happen. */
    List<String> model() {
        var log = new ArrayList<String>();
        var outcome = model(log);
        log.add(outcome.isEmpty() ? "fine" : outcome + ", suppressed: 0");
        return log;
    }

    private String model(List<String> log) {
        var owned = new ArrayDeque<Step.Own>();
        var outcome = "";
        for (var step : steps) {
            switch (step) {
                case Step.Own own -> owned.push(own);
                case Step.FailToAcquire(var name) -> outcome = "acquire " + name;
                case Step.Fail(var name) -> outcome = "work " + name;
                case Step.Nest(var tree, var isSurvived) -> {
                    var inner = tree.model(log);
                    outcome = isSurvived ? "" : inner;
                }
            }
            if (!outcome.isEmpty()) {
                break;
            }
        }
        for (var own : owned) {
            log.add("released " + own.name());
            if (own.failsToClose()) {
                log.add("reported close " + own.name());
            }
        }
        return outcome;
    }
}
