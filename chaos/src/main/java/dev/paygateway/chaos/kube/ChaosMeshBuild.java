package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Shell;
import dev.paygateway.chaos.lint.ChaosTypes;
import dev.paygateway.chaos.lint.Missing;
import dev.paygateway.chaos.lint.Toolbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Builds Chaos Mesh of its Go module: the controller, the daemon and what that starts, its kinds
 * and its chart.
 *
 * @param own the lane's folder of Go modules that pin what is built
 * @param target where it all comes to be
 */
record ChaosMeshBuild(Toolbox tools, Path own, Path target) {
    /** The version that the chart names, and the module's commit, which is a little younger. */
    static final String VERSION = "2.8.4-47411975a8cb";

    static final String CONTROLLER = "chaos-controller-manager";
    static final String DAEMON = "chaos-daemon";

    /** Moves clocks: the daemon starts it under this name. */
    static final String HELPER = "cdh";

    static final String PAUSE = "pause";
    static final String ENTER = "nsexec";
    static final String KINDS = "crds";
    static final String CHART = "chart";

    private static final String MODULE = "github.com/chaos-mesh/chaos-mesh";

    /** What the daemon writes into a process whose clock is moved; its Go code embeds both. */
    private static final List<String> CLOCKS = List.of("fake_clock_gettime", "fake_gettimeofday");

    void run() throws IOException, Missing {
        tools.system("gcc", "apt-get install gcc libc6-dev");
        var pinned = own.resolve("chaos-mesh");
        Toolbox.require(go(pinned).run("go", "mod", "download", MODULE));
        var found = go(pinned).run("go", "list", "-m", "-f", "{{.Dir}}", MODULE);
        Toolbox.require(found);
        var module = Path.of(found.printed().strip());
        Toolbox.require(go(pinned).run("go", "install", MODULE + "/cmd/" + CONTROLLER));
        daemon(pinned, module);
        Toolbox.require(go(own.resolve(ENTER)).run("go", "build", "-o", target.resolve(ENTER)));
        ChaosTypes.write(tools, pinned, Files.createDirectories(target.resolve(KINDS)));
        copy(module.resolve("helm/chaos-mesh"), target.resolve(CHART));
        // They are of other days than the types, and too large for helm's own record.
        remove(target.resolve(CHART).resolve("crds"));
    }

    private Shell go(Path place) throws Missing {
        return tools.goIn(place).with("GOBIN", target.toString());
    }

    /** Of a copy of the module: what C code makes has to lie in it, and Go's own may not change. */
    private void daemon(Path pinned, Path module) throws IOException, Missing {
        var work = Files.createDirectories(target.resolve("work"));
        var source = work.resolve("module");
        copy(module, source);
        for (var clock : CLOCKS) {
            var code = source.resolve("pkg/time/fakeclock").resolve(clock);
            Toolbox.require(
                    Shell.in(work)
                            .run("gcc", "-O2", "-fPIE", "-c", code + ".c", "-o", code + ".o"));
        }
        for (var file : List.of("go.mod", "go.sum")) {
            Files.copy(pinned.resolve(file), work.resolve(file));
        }
        var shell = go(work).with("CGO_ENABLED", "1");
        Toolbox.require(shell.run("go", "mod", "edit", "-replace=" + MODULE + "=./module"));
        build(shell, DAEMON, DAEMON);
        build(shell, DAEMON + "-helper", HELPER);
        var pause = source.resolve("hack/pause.c");
        Toolbox.require(shell.run("gcc", "-O2", "-static", pause, "-o", target.resolve(PAUSE)));
        remove(work);
    }

    private void build(Shell shell, String command, String name) throws Missing {
        var path = MODULE + "/cmd/" + command;
        Toolbox.require(shell.run("go", "build", "-o", target.resolve(name), path));
    }

    private void copy(Path from, Path to) throws Missing {
        Toolbox.require(Shell.in(target).run("cp", "-R", "--no-preserve=mode", from, to));
    }

    private void remove(Path folder) throws Missing {
        Toolbox.require(Shell.in(target).run("rm", "-r", folder));
    }
}
