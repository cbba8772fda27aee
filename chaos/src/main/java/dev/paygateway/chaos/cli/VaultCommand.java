package dev.paygateway.chaos.cli;

import dev.paygateway.chaos.lab.Lab;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "vault",
        description = "Looks at the Vaults of the regions.",
        subcommands = VaultCommand.Parity.class)
final class VaultCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "parity",
            description = "Compares the two regions' Vaults; exit code 1 when they differ.")
    static final class Parity implements Callable<Integer> {
        @Mixin private Place place;
        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            var out = spec.commandLine().getOut();
            var differences = Lab.attach(place.state()).vaultDifferences();
            differences.forEach(out::println);
            if (differences.isEmpty()) {
                out.println(
                        "equal: configuration, probe HMAC, and each opens the other's ciphertext");
            }
            return differences.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }
}
