package dev.paygateway.chaos.kube;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./gateway kube}: a region in a real Kubernetes, installed by our own chart. */
@Command(
        name = "kube",
        description = "A region in a real Kubernetes of one node, installed by our own chart.",
        subcommands = {UpCommand.class, TestCommand.class, DownCommand.class},
        mixinStandardHelpOptions = true)
public final class KubeCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
