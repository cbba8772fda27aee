package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Commands;
import dev.paygateway.chaos.lab.Folders;
import dev.paygateway.chaos.lab.Shell;
import dev.paygateway.chaos.lint.Missing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The images of the lane. What comes from outside is made once; what is ours is made at each start,
 * on one layer that holds the Java run-time.
 */
final class Images {
    /** The gateway's image under a tag, as the chart's values name it. */
    static String gateway(String tag) {
        return "docker.io/local/payment-gateway:" + tag;
    }

    private static final String MODULES =
            "java.se,jdk.charsets,jdk.crypto.ec,jdk.jfr,jdk.jcmd,jdk.management,"
                    + "jdk.management.agent,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs";

    private final Ground ground;
    private final Workshop workshop;

    Images(Ground ground, Workshop workshop) {
        this.ground = ground;
        this.workshop = workshop;
    }

    /** What fills an image's file system. */
    interface Filling {
        void into(RootFolder root) throws IOException, Missing;
    }

    /** All that the cluster starts with but the gateway's. */
    List<Path> all() {
        return List.of(pause(), coredns(), metricsServer(), bao(), mariaDb(), curl(), acquirer());
    }

    private Path pause() {
        var program = workshop.pause();
        return fixed("pause", program, List.of("/pause"), root -> root.add(program, "pause"));
    }

    private Path coredns() {
        var program = workshop.coredns();
        return fixed("coredns", program, List.of("/coredns"), root -> root.add(program, "coredns"));
    }

    private Path metricsServer() {
        var program = workshop.metricsServer();
        return fixed(
                Metrics.NAME,
                program,
                List.of("/metrics-server"),
                root -> root.add(program, "metrics-server"));
    }

    /** With a shell: the agent's template asks it to pass a signal on. */
    private Path bao() {
        var program = workshop.bao();
        return fixed(
                "openbao",
                program,
                List.of("bao"),
                root -> {
                    root.add(program, "usr/bin/bao");
                    root.addShell(workshop.busybox());
                });
    }

    /** With what a full copy to another node needs: those scripts ask for a whole system. */
    private Path mariaDb() {
        return ofSystem("mariadb", workshop.mariaDb(), "mariadbd");
    }

    private Path curl() {
        return ofSystem("curl", workshop.curl(), "curl");
    }

    private Path ofSystem(String name, Path system, String program) {
        return fixed(
                name,
                system.resolve("usr"),
                List.of(program),
                root -> {
                    addSystem(root, system);
                    root.addShell(workshop.busybox());
                    root.link("usr/bin/awk", "mawk");
                });
    }

    private static void addSystem(RootFolder root, Path system) throws IOException {
        for (var folder : List.of("bin", "sbin", "lib", "lib64", "usr")) {
            if (Files.exists(system.resolve(folder))) {
                root.addTree(system.resolve(folder), folder);
            }
        }
    }

    /** Chaos Mesh's two. */
    List<Path> chaosMesh() {
        var parts = workshop.chaosMesh();
        var system = workshop.chaosSystem();
        var controller = parts.resolve(ChaosMeshBuild.CONTROLLER);
        var daemon = parts.resolve(ChaosMeshBuild.DAEMON);
        return List.of(
                fixed(
                        "chaos-mesh",
                        controller,
                        List.of("/usr/local/bin/" + ChaosMeshBuild.CONTROLLER),
                        root -> {
                            root.add(controller, "usr/local/bin/" + ChaosMeshBuild.CONTROLLER);
                            root.addTree(
                                    system.resolve("usr/share/zoneinfo"), "usr/share/zoneinfo");
                        }),
                fixed(
                        "chaos-daemon",
                        daemon,
                        List.of("/usr/local/bin/" + ChaosMeshBuild.DAEMON),
                        root -> fillChaosDaemon(root, parts, system)));
    }

    private void fillChaosDaemon(RootFolder root, Path parts, Path system) throws IOException {
        addSystem(root, system);
        root.addTree(system.resolve("etc/iproute2"), "etc/iproute2");
        root.add(system.resolve("etc/protocols"), "etc/protocols");
        root.addShell(workshop.busybox());
        for (var name : List.of("iptables", "ip6tables")) {
            for (var end : List.of("", "-save", "-restore")) {
                root.link("usr/sbin/" + name + end, "xtables-nft-multi");
            }
        }
        for (var program :
                List.of(
                        ChaosMeshBuild.DAEMON,
                        ChaosMeshBuild.HELPER,
                        ChaosMeshBuild.PAUSE,
                        ChaosMeshBuild.ENTER)) {
            root.add(parts.resolve(program), "usr/local/bin/" + program);
        }
        Folders.make(root.root().resolve("run"));
    }

    private Path acquirer() {
        var target = ground.root().resolve("chaos/target");
        return ours(
                "acquirer",
                target.resolve("chaos.jar"),
                target.resolve("lib"),
                "dev.paygateway.chaos.acquirer.AcquirerMain");
    }

    /** The service's, of the jars that Maven has left; any other archive may take its place. */
    Path gateway() {
        var target = ground.root().resolve("gateway-service/target");
        return ours(
                "payment-gateway",
                target.resolve("gateway-service.jar"),
                target.resolve("lib"),
                "dev.paygateway.GatewayApplication");
    }

    private Path ours(String name, Path jar, Path libraries, String main) {
        var folder = Folders.make(ground.run().resolve("images").resolve(name));
        try {
            var root = RootFolder.at(folder.resolve("root"));
            root.add(jar, "app/app.jar");
            root.addJars(libraries, "app/lib");
        } catch (IOException refused) {
            throw Commands.disk("cannot make the image " + name, refused);
        }
        var layer = Image.layer(folder.resolve("root"), folder.resolve("layer.tar"));
        var command =
                List.of(
                        "/opt/java/bin/java",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        "/app/app.jar:/app/lib/*",
                        main);
        return new Image(name, command, List.of(java(), layer)).write(folder.resolve("image.tar"));
    }

    /** The layer with a run-time, cut from the JDK that runs this. */
    private Path java() {
        return workshop.kept("image-java-" + Runtime.version(), Images::cutJava)
                .resolve("layer.tar");
    }

    private static void cutJava(Path target) throws IOException {
        var root = RootFolder.at(target.resolve("root"));
        var java = root.root().resolve("opt/java");
        Folders.make(RootFolder.parent(java));
        Image.require(
                Shell.in(target)
                        .run(
                                Path.of(System.getProperty("java.home"), "bin", "jlink"),
                                "--add-modules=" + MODULES,
                                "--strip-debug",
                                "--no-man-pages",
                                "--no-header-files",
                                "--output=" + java));
        root.addLibraries(RootFolder.loadable(java));
        Image.layer(root.root(), target.resolve("layer.tar"));
        Folders.remove(root.root());
    }

    /** Made once of a program, whose folder says of which version it is. */
    Path fixed(String name, Path program, List<String> entrypoint, Filling filling) {
        var version = RootFolder.parent(program).getFileName();
        return workshop.kept(
                        "image-" + name + "-" + version,
                        target -> {
                            var root = RootFolder.at(target.resolve("root"));
                            filling.into(root);
                            var layer = Image.layer(root.root(), target.resolve("layer.tar"));
                            new Image(name, entrypoint, List.of(layer))
                                    .write(target.resolve("image.tar"));
                            Folders.remove(root.root());
                        })
                .resolve("image.tar");
    }
}
