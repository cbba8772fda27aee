package dev.paygateway.chaos.fault;

import java.nio.file.Path;

/** Plays a manifest on a plain stage, in a process of its own that can be killed. */
final class PlayMain {
    private PlayMain() {}

    /** The stage's folder, then the manifest. */
    public static void main(String[] args) {
        var stage = new PlainStage(Path.of(args[0]));
        try (var injection = Faults.play(Path.of(args[1]), stage, Settings.seeded(1))) {
            injection.await();
        }
    }
}
