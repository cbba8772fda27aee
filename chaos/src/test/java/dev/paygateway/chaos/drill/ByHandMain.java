package dev.paygateway.chaos.drill;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A drill that stops a part and goes on for ever, in a process of its own that can be killed. */
final class ByHandMain {
    private ByHandMain() {}

    /** The run folder, then the file that stands for the part that was started again. */
    public static void main(String[] args) throws InterruptedException {
        var byHand = new ByHand(Path.of(args[0]), "region-loss", _ -> List.of("touch " + args[1]));
        byHand.expect(Phase.FAULT, List.of("stop", "east-gateway-1", "--signal", "KILL"));
        System.out.println("stopped");
        new CountDownLatch(1).await();
    }
}
