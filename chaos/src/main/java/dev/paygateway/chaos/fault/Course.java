package dev.paygateway.chaos.fault;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.fault.journal.FaultEvent;
import dev.paygateway.chaos.fault.manifest.Manifest;
import dev.paygateway.chaos.fault.manifest.Workflow;
import dev.paygateway.chaos.fault.manifest.Workflow.Step;
import dev.paygateway.chaos.fault.manifest.Workflow.Template;
import dev.paygateway.chaos.fault.play.FaultFailure;
import dev.paygateway.chaos.lab.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A workflow on its way. Whatever ends it - its last step, a check that aborts, whoever closes it -
 * nothing of it is left unhealed.
 */
final class Course implements Injection {
    private final Manifest manifest;
    private final Workflow workflow;
    private final Faults faults;
    private final Checks checks;
    private final List<Bite> bites = new ArrayList<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Instant latest;
    private final Future<Void> run;

    @MustBeClosed
    private Course(Manifest manifest, Workflow workflow, Faults faults) {
        this.manifest = manifest;
        this.workflow = workflow;
        this.faults = faults;
        checks = new Checks(manifest, faults.settings().addresses());
        checks.requireReachable(workflow);
        latest = Instant.now().plus(faults.settings().length().orElse(Faults.LENGTH_MAX));
        run = executor.submit(() -> play(workflow.entry(), latest));
    }

    @MustBeClosed
    static Course begin(Manifest manifest, Workflow workflow, Faults faults) {
        return new Course(manifest, workflow, faults);
    }

    /** Runs a step to its end, at the latest until then. */
    private Void play(String name, Instant until) throws InterruptedException {
        var template = workflow.template(name);
        var end =
                template.deadline()
                        .map(deadline -> Instant.now().plus(deadline))
                        .filter(own -> own.isBefore(until))
                        .orElse(until);
        requireTime(name, end);
        switch (template.step()) {
            case Step.Serial(var children) -> oneByOne(children, end);
            case Step.Parallel(var children) -> together(children, end);
            case Step.Suspend _ -> pause(end);
            case Step.Check(var check, var aborts) -> checks.run(name, check, aborts, end);
            case Step.Fault fault -> fault(template, fault, end);
        }
        return null;
    }

    /** Whoever asked for a shorter course than the workflow's does not get the rest of it. */
    private void oneByOne(List<String> children, Instant end) throws InterruptedException {
        for (var child : children) {
            if (faults.settings().length().isPresent() && !Instant.now().isBefore(latest)) {
                return;
            }
            play(child, end);
        }
    }

    private static void requireTime(String name, Instant end) {
        if (!Instant.now().isBefore(end)) {
            throw new FaultFailure("deadline: there is no time left for " + name);
        }
    }

    private void fault(Template template, Step.Fault fault, Instant end) {
        var wanted = template.deadline().or(() -> fault.experiment().duration());
        var left = Duration.between(Instant.now(), end);
        var length = wanted.filter(whole -> whole.compareTo(left) < 0).orElse(left);
        try (var bite = begun(fault, length)) {
            if (wanted.isPresent()) {
                bite.await();
            }
        }
    }

    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // handed on, and remembered
    private Bite begun(Step.Fault fault, Duration length) {
        var bite = faults.bite(manifest, fault.experiment(), Optional.of(length));
        synchronized (bites) {
            bites.add(bite);
        }
        return bite;
    }

    private static void pause(Instant end) throws InterruptedException {
        Await.holds(Duration.between(Instant.now(), end), () -> false);
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException("ended");
        }
    }

    /** The first that fails ends the others. */
    private void together(List<String> children, Instant end) throws InterruptedException {
        var running = new ExecutorCompletionService<Void>(executor);
        var all = new ArrayList<Future<Void>>();
        for (var child : children) {
            Callable<Void> step = () -> play(child, end);
            all.add(running.submit(step));
        }
        try {
            for (int done = 0; done < all.size(); done++) {
                running.take().get();
            }
        } catch (ExecutionException failed) {
            throw cause(failed);
        } finally {
            all.forEach(step -> step.cancel(true));
            all.forEach(Course::ended);
        }
    }

    /** A step that was told to end heals what it broke first. */
    private static void ended(Future<Void> step) {
        Await.holds(Faults.LENGTH_MAX, step::isDone);
    }

    private static RuntimeException cause(ExecutionException failed) {
        return failed.getCause() instanceof RuntimeException cause
                ? cause
                : new FaultFailure("ended: " + failed.getCause());
    }

    @Override
    public List<FaultEvent> events() {
        synchronized (bites) {
            return bites.stream().flatMap(bite -> bite.events().stream()).toList();
        }
    }

    @Override
    public void await() {
        try {
            run.get();
        } catch (ExecutionException failed) {
            throw cause(failed);
        } catch (CancellationException closed) {
            throw new FaultFailure("it was closed on its way");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new FaultFailure("interrupted");
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        executor.close();
        synchronized (bites) {
            bites.forEach(Bite::close);
        }
    }
}
