package dev.paygateway.chaos.kube;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

@Command(name = "down", description = "Ends the cluster and takes back all that it changed.")
final class DownCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        new Removal(Ground.here()).run();
        return ExitCode.OK;
    }
}
