package dev.paygateway.chaos.drill;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.lab.Lab;
import dev.paygateway.chaos.lab.LabOptions;
import dev.paygateway.chaos.lab.Progress;
import java.time.Duration;
import java.util.List;

/**
 * The lab that a drill is played on. On every way out, Ctrl-C too, the faults are healed and the
 * lab is taken down, unless it stood before or is to be kept.
 */
final class Stage implements AutoCloseable {
    private final Lab lab;
    private final Terms terms;
    private final Launcher launcher;
    private final LastWill will;

    @MustBeClosed
    private Stage(Lab lab, Terms terms, Launcher launcher, LastWill will) {
        this.lab = lab;
        this.terms = terms;
        this.launcher = launcher;
        this.will = will;
    }

    /**
     * @throws dev.paygateway.chaos.lab.LabFailure when there is a lab where there should be none,
     *     or none where there should be one, or what the machine lacks
     */
    @MustBeClosed
    static Stage open(Frame frame, Terms terms, Launcher launcher, Teller teller) {
        var will = LastWill.of(() -> takeDown(terms, launcher));
        try {
            var lab = terms.here() ? Lab.attach(terms.state()) : up(frame, terms, teller);
            return new Stage(lab, terms, launcher, will);
        } catch (RuntimeException failed) {
            will.revoke();
            throw failed;
        }
    }

    private static Lab up(Frame frame, Terms terms, Teller teller) {
        var options =
                LabOptions.of(terms.root())
                        .withStateFolder(terms.state())
                        .withPortOffset(terms.portOffset());
        return Lab.up(options.withRegions(frame.regions()), new Steps(teller));
    }

    Lab lab() {
        return lab;
    }

    @Override
    public void close() {
        try {
            if (terms.keep()) {
                heal(launcher);
            } else {
                takeDown(terms, launcher);
            }
        } finally {
            will.revoke();
        }
    }

    private static void takeDown(Terms terms, Launcher launcher) {
        heal(launcher);
        if (!terms.here()) {
            Lab.down(terms.state());
        }
    }

    private static void heal(Launcher launcher) {
        if (launcher.knows("fault")) {
            launcher.run(List.of("fault", "heal", "all"));
        }
    }

    private record Steps(Teller teller) implements Progress {
        @Override
        public void begins(String step) {
            teller.begin("up: " + step);
        }

        @Override
        public void ends(String step, Duration took) {
            teller.say("up      %s (%s)".formatted(step, Progress.seconds(took)));
        }
    }
}
