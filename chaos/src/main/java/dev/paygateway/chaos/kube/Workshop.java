package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.Shell;
import dev.paygateway.chaos.lab.Tools;
import dev.paygateway.chaos.lint.Missing;
import dev.paygateway.chaos.lint.Toolbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds and fetches what the cluster is made of, each thing once and of one version. */
final class Workshop {
    private static final String KUBERNETES = "1.35.4";
    private static final String VERSION = "k8s.io/component-base/version.";

    /** The API server, what moves it, the node's two, and the command line. */
    private static final List<String> PARTS =
            List.of(
                    "kube-apiserver",
                    "kube-controller-manager",
                    "kube-scheduler",
                    "kubelet",
                    "kube-proxy",
                    "kubectl");

    /** From Debian, unpacked beside the system and not into it. */
    private static final List<String> PACKAGES =
            List.of(
                    "etcd-server",
                    "containerd",
                    "runc",
                    "containernetworking-plugins",
                    "busybox-static");

    private static final List<String> CHAOS_PACKAGES =
            List.of("iproute2", "ipset", "iptables", "stress-ng", "tzdata");

    private static final List<String> CURL_PACKAGES = List.of("curl", "coreutils", "grep", "sed");

    private static final List<String> DATABASE_PACKAGES =
            List.of(
                    "mariadb-server-core",
                    "mariadb-client-core",
                    "mariadb-backup",
                    "mariadb-server",
                    "galera-4",
                    "galera-arbitrator-4",
                    "socat",
                    "openssl",
                    "iproute2",
                    "bash",
                    "coreutils",
                    "findutils",
                    "grep",
                    "hostname",
                    "mawk",
                    "sed",
                    "util-linux");

    private final Ground ground;
    private final Toolbox tools;

    Workshop(Ground ground) {
        this.ground = ground;
        tools = new Toolbox(ground.tools());
    }

    /** Something that may be lacking here. */
    interface Making {
        Path make() throws Missing;
    }

    /** Makes what is not there yet. */
    void all() {
        kubernetes();
        debian();
        helm();
        coredns();
        metricsServer();
        pause();
        bao();
        mariaDb();
        curl();
    }

    /** The folder with Kubernetes' own programs; ~450 s of CPU when they are built. */
    Path kubernetes() {
        return kept("kubernetes-" + KUBERNETES, this::buildKubernetes);
    }

    private void buildKubernetes(Path target) throws Missing {
        var minor = KUBERNETES.split("\\.", -1)[1];
        var stamps =
                "-s -w -X %1$sgitVersion=v%2$s -X %1$sgitMajor=1 -X %1$sgitMinor=%3$s"
                        .formatted(VERSION, KUBERNETES, minor);
        var go = tools.goIn(ground.own("tools/kubernetes")).with("GOBIN", target.toString());
        for (var part : PARTS) {
            var path = "k8s.io/kubernetes/cmd/" + part;
            Toolbox.require(go.run("go", "install", "-ldflags", stamps, path));
        }
    }

    /** The folder into which Debian's packages are unpacked. */
    Path debian() {
        return kept("debian-node", Workshop::unpackPackages);
    }

    private static void unpackPackages(Path target) throws Missing {
        unpack(PACKAGES, target);
    }

    private static void unpack(List<String> packages, Path target) throws Missing {
        var shell = Shell.in(target);
        var download = new ArrayList<>(List.of("apt-get", "download", "-q"));
        download.addAll(packages);
        Toolbox.require(shell.run(download));
        var unpack = "for each in *.deb; do dpkg -x $each . && rm $each; done";
        Toolbox.require(shell.run("sh", "-c", unpack));
    }

    Path helm() {
        return made(() -> tools.go("helm", "v3.21.4", "helm.sh/helm/v3/cmd/helm").program());
    }

    Path coredns() {
        return made(() -> tools.go("coredns", "v1.14.7", "github.com/coredns/coredns").program());
    }

    /** The folder with what {@link ChaosMeshBuild} makes; ~600 s of CPU when it is built. */
    Path chaosMesh() {
        var name = "chaos-mesh-" + ChaosMeshBuild.VERSION;
        return kept(name, target -> new ChaosMeshBuild(tools, ground.own("tools"), target).run());
    }

    /** What Chaos Mesh's daemon starts, with all that it needs, unpacked as on a system's disk. */
    Path chaosSystem() {
        return kept("debian-chaos", target -> unpackWithAllNeeded(CHAOS_PACKAGES, target));
    }

    private static void unpackWithAllNeeded(List<String> packages, Path target) throws Missing {
        var recurse = new ArrayList<>(List.of("apt-cache", "depends", "--recurse"));
        for (var relation :
                List.of("recommends", "suggests", "conflicts", "breaks", "replaces", "enhances")) {
            recurse.add("--no-" + relation);
        }
        recurse.addAll(packages);
        var named = Shell.in(target).run(recurse);
        Toolbox.require(named);
        // What stands further in, or in brackets, is a relation, or a package that is none.
        unpack(
                named.printed()
                        .lines()
                        .filter(line -> line.matches("[a-z0-9][a-z0-9+.-]*"))
                        .toList(),
                target);
    }

    /** ~215 s of CPU when it is built. */
    Path metricsServer() {
        var path = "sigs.k8s.io/metrics-server/cmd/metrics-server";
        return made(() -> tools.go(Metrics.NAME, "v0.9.0", path).program());
    }

    Path pause() {
        return made(() -> tools.built("pause", ground.own("tools/pause")).program());
    }

    Path bao() {
        return Tools.bao(ground.tools());
    }

    Path busybox() {
        return debian().resolve("bin/busybox");
    }

    /** MariaDB with Galera, its backup and its arbitrator, unpacked as on a system's disk. */
    Path mariaDb() {
        return kept("debian-mariadb", target -> unpackWithAllNeeded(DATABASE_PACKAGES, target));
    }

    /** curl and what a script beside it asks for, unpacked as on a system's disk. */
    Path curl() {
        return kept("debian-curl", target -> unpackWithAllNeeded(CURL_PACKAGES, target));
    }

    /** A folder that is made once. */
    Path kept(String name, Toolbox.Filling filling) {
        return made(() -> tools.kept(name, filling));
    }

    static Path made(Making making) {
        try {
            return making.make();
        } catch (Missing missing) {
            throw LabFailure.machineLacks(missing.what(), "the command that it names");
        }
    }
}
