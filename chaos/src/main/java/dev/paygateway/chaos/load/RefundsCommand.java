package dev.paygateway.chaos.load;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./gateway load refunds}: more refunds at once than there is money. */
@Command(
        name = "refunds",
        description = "Sends six refunds at once that together exceed the capture.",
        mixinStandardHelpOptions = true)
final class RefundsCommand implements Callable<Integer> {
    private static final int REFUNDS_AT_ONCE = 6;

    @Mixin private RunFiles files;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "200",
            description = "Payments (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "4",
            description = "Payments at the same time (default: ${DEFAULT-VALUE}).")
    private int parallel;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        var batch = new Batch(count, parallel, files.history());
        try (var site = files.site(Math.max(1, parallel * REFUNDS_AT_ONCE))) {
            var verdict = Refunds.run(site, batch);
            var out = spec.commandLine().getOut();
            out.printf(
                    "refunds    %,d payments: %,d refunds ok, %,d refused%n"
                            + "over       %,d (more refunded than captured)%n"
                            + "unequal    %,d (the last read differs from the answers)%n"
                            + "open       %,d (some refund without a final answer)%n"
                            + "history    %s%n",
                    verdict.payments(),
                    verdict.approvedRefunds(),
                    verdict.refusedRefunds(),
                    verdict.over(),
                    verdict.unequal(),
                    verdict.open(),
                    batch.history());
            out.flush();
            return verdict.passed() ? 0 : 1;
        }
    }
}
