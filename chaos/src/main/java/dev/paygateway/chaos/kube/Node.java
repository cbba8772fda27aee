package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Authority;
import dev.paygateway.chaos.lab.Await;
import dev.paygateway.chaos.lab.Commands;
import dev.paygateway.chaos.lab.Folders;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.Shell.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** One node that is the whole cluster: control plane, containers, and the network around them. */
final class Node {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String ETCD = "http://127.0.0.1:2379";
    private static final String LINK = "gwkube0";

    /** What containerd says of an image that it takes in. */
    private static final Pattern IMPORTED = Pattern.compile("unpacking (\\S+) ");

    /** Of the whole machine, and changed by the kubelet. */
    private static final List<String> SETTINGS =
            List.of("vm.overcommit_memory", "kernel.panic", "kernel.panic_on_oops");

    /** Who speaks to the API server by a file that says how. */
    private static final List<String> USERS =
            List.of("admin", "kubelet", "kube-controller-manager", "kube-scheduler", "kube-proxy");

    private final Ground ground;
    private final Programs programs;
    private final Path kubernetes;
    private final Path debian;
    private final MeshTools mesh;
    private final Kubectl kubectl;

    Node(Ground ground, Workshop workshop) {
        this.ground = ground;
        programs = new Programs(ground);
        kubernetes = workshop.kubernetes();
        debian = workshop.debian();
        mesh = new MeshTools(ground, workshop);
        kubectl =
                new Kubectl(
                        kubernetes.resolve("kubectl"),
                        ground.pki().resolve("admin.kubeconfig"),
                        ground.run().resolve("kubectl"));
    }

    Kubectl kubectl() {
        return kubectl;
    }

    /** Makes the network, and the certificates of all that follows. */
    void prepare() {
        Folders.make(ground.logs());
        Folders.make(ground.run().resolve("node/cni"));
        network();
        certificates();
        var plugins = plugins();
        Folders.write(
                ground.run().resolve("node/cni/10-pods.conflist"), filled("cni.json", plugins));
        for (var file : List.of("containerd.toml", "kubelet.yaml", "kube-proxy.yaml")) {
            Folders.write(config(file), filled(file, plugins));
        }
    }

    private Path config(String file) {
        return ground.run().resolve("node").resolve(file);
    }

    private String filled(String file, Map<String, String> plugins) {
        return ground.filled("node/" + file, plugins);
    }

    /** Those of pods' networks: where they are, and what comes after the usual two. */
    private Map<String, String> plugins() {
        var usual = debian.resolve("usr/lib/cni");
        if (!ground.isMeshed()) {
            return Map.of("cni", usual.toString(), "further", "");
        }
        return new MeshPlugin(ground, usual, mesh.programs().resolve("istio-cni")).prepare();
    }

    /** A namespace, a link into it, and the way from this machine to pods and services. */
    private void network() {
        var in = List.of("nsenter", "--net=/run/netns/" + Ground.NAMESPACE);
        must("ip", "netns", "add", Ground.NAMESPACE);
        must(words("ip link add %s type veth peer name eth0 netns " + Ground.NAMESPACE));
        must(words("ip address add " + Ground.HOST_ADDRESS + "/30 dev %s"));
        must(words("ip link set %s up"));
        must("ip", "-n", Ground.NAMESPACE, "link", "set", "lo", "up");
        must(
                words(
                        "ip -n "
                                + Ground.NAMESPACE
                                + " address add "
                                + Ground.NODE_ADDRESS
                                + "/30 dev eth0"));
        must("ip", "-n", Ground.NAMESPACE, "link", "set", "eth0", "up");
        must("ip", "-n", Ground.NAMESPACE, "route", "add", "default", "via", Ground.HOST_ADDRESS);
        for (var range : List.of(Ground.PODS, Ground.SERVICES)) {
            must("ip", "route", "add", range, "via", Ground.NODE_ADDRESS);
        }
        var forward = new ArrayList<>(in);
        forward.addAll(List.of("sysctl", "-qw", "net.ipv4.ip_forward=1"));
        must(forward.toArray(String[]::new));
    }

    private static String[] words(String command) {
        return command.formatted(LINK).split(" ", -1);
    }

    private void certificates() {
        var authority = new Authority("kubernetes");
        Folders.write(ground.pki().resolve("ca.pem"), authority.certificate());
        issue(
                authority,
                "apiserver",
                "CN=kube-apiserver",
                "kubernetes",
                "kubernetes.default",
                "kubernetes.default.svc",
                "kubernetes.default.svc.cluster.local",
                "127.0.0.1",
                Ground.NODE_ADDRESS,
                Ground.API_ADDRESS);
        issue(
                authority,
                "kubelet",
                "CN=system:node:" + Ground.NODE + ",O=system:nodes",
                Ground.NODE,
                Ground.NODE_ADDRESS);
        issue(authority, "admin", "CN=admin,O=system:masters");
        issue(authority, "to-kubelet", "CN=kube-apiserver,O=system:masters");
        issue(authority, "front-proxy", "CN=front-proxy");
        issue(authority, Metrics.NAME, "CN=" + Metrics.NAME, Metrics.HOST);
        issue(authority, "accounts", "CN=service-accounts");
        issue(authority, MeshPlugin.USER, "CN=" + MeshPlugin.USER);
        for (var part : List.of("controller-manager", "scheduler", "proxy")) {
            issue(authority, "kube-" + part, "CN=system:kube-" + part);
        }
        kubeconfigs();
        Folders.write(ground.pki().resolve("authority/cert.pem"), authority.certificate());
        Folders.write(ground.pki().resolve("authority/key.pem"), authority.bundle());
    }

    private void kubeconfigs() {
        for (var user : USERS) {
            var address = Map.of("user", user, "address", Ground.NODE_ADDRESS);
            Folders.write(kubeconfig(user), ground.filled("node/kubeconfig.yaml", address));
        }
    }

    private void issue(Authority authority, String name, String subject, String... hosts) {
        authority.peer(subject, hosts).save(ground.pki().resolve(name));
    }

    private Path kubeconfig(String user) {
        return ground.pki().resolve(user + ".kubeconfig");
    }

    private String certificate(String name) {
        return ground.pki().resolve(name).resolve("cert.pem").toString();
    }

    private String key(String name) {
        return ground.pki().resolve(name).resolve("key.pem").toString();
    }

    /** etcd, the API server, and the two that act on what it holds. */
    void startControlPlane() {
        start(
                "etcd",
                debian.resolve("usr/bin/etcd").toString(),
                "--data-dir=" + ground.memory().resolve("etcd"),
                "--listen-client-urls=" + ETCD,
                "--advertise-client-urls=" + ETCD,
                "--listen-peer-urls=http://127.0.0.1:2380",
                "--logger=zap",
                "--log-level=warn");
        apiServer();
        ready("kube-apiserver", () -> kubectl.ask("", "get", "--raw", "/readyz").fine());
        var manager = kubeconfig("kube-controller-manager").toString();
        start(
                "kube-controller-manager",
                program("kube-controller-manager"),
                "--kubeconfig=" + manager,
                "--authentication-kubeconfig=" + manager,
                "--authorization-kubeconfig=" + manager,
                "--service-account-private-key-file=" + key("accounts"),
                "--root-ca-file=" + ground.pki().resolve("ca.pem"),
                "--cluster-signing-cert-file=" + certificate("authority"),
                "--cluster-signing-key-file=" + key("authority"),
                "--leader-elect=false",
                "--use-service-account-credentials",
                "--allocate-node-cidrs",
                "--cluster-cidr=" + Ground.PODS,
                "--node-cidr-mask-size=24",
                "--flex-volume-plugin-dir=" + ground.run().resolve("volume-plugins"),
                "--horizontal-pod-autoscaler-sync-period=5s");
        var scheduler = kubeconfig("kube-scheduler").toString();
        start(
                "kube-scheduler",
                program("kube-scheduler"),
                "--kubeconfig=" + scheduler,
                "--authentication-kubeconfig=" + scheduler,
                "--authorization-kubeconfig=" + scheduler,
                "--leader-elect=false");
    }

    private void apiServer() {
        var ca = ground.pki().resolve("ca.pem").toString();
        start(
                "kube-apiserver",
                program("kube-apiserver"),
                "--etcd-servers=" + ETCD,
                "--secure-port=6443",
                "--advertise-address=" + Ground.NODE_ADDRESS,
                "--service-cluster-ip-range=" + Ground.SERVICES,
                "--authorization-mode=Node,RBAC",
                "--allow-privileged",
                "--enable-admission-plugins=NodeRestriction",
                "--client-ca-file=" + ca,
                "--tls-cert-file=" + certificate("apiserver"),
                "--tls-private-key-file=" + key("apiserver"),
                "--service-account-key-file=" + certificate("accounts"),
                "--service-account-signing-key-file=" + key("accounts"),
                "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
                "--kubelet-client-certificate=" + certificate("to-kubelet"),
                "--kubelet-client-key=" + key("to-kubelet"),
                "--kubelet-preferred-address-types=InternalIP",
                "--requestheader-client-ca-file=" + ca,
                "--requestheader-allowed-names=front-proxy",
                "--requestheader-username-headers=X-Remote-User",
                "--requestheader-group-headers=X-Remote-Group",
                "--requestheader-extra-headers-prefix=X-Remote-Extra-",
                "--proxy-client-cert-file=" + certificate("front-proxy"),
                "--proxy-client-key-file=" + key("front-proxy"),
                "--enable-aggregator-routing=true");
    }

    /** The container run-time, and the images that no registry has. */
    void startContainers(List<Path> images) {
        start(
                "containerd",
                debian.resolve("usr/bin/containerd").toString(),
                "--config=" + config("containerd.toml"));
        ready("containerd", () -> containers("version").fine());
        images.forEach(this::importImage);
    }

    /** The name of the image that an archive holds. */
    private String importImage(Path archive) {
        var outcome = containers("images", "import", archive.toString());
        var named = IMPORTED.matcher(outcome.output());
        if (!outcome.fine() || !named.find()) {
            throw LabFailure.failed("cannot import " + archive + ": " + outcome.output());
        }
        return named.group(1);
    }

    /** Imports an image under a name that it need not have in its archive. */
    void importImage(Path archive, String name) {
        nameImage(importImage(archive), name);
    }

    /** Gives an image one name more. */
    void nameImage(String image, String name) {
        var outcome = containers("images", "tag", "--force", image, name);
        if (!outcome.fine()) {
            throw LabFailure.failed("cannot name " + image + ": " + outcome.output());
        }
    }

    /** containerd's own command line. */
    private Outcome containers(String... words) {
        var command = new ArrayList<String>();
        command.add(debian.resolve("usr/bin/ctr").toString());
        command.add("--address=" + ground.run().resolve("containerd.sock"));
        command.add("--namespace=k8s.io");
        command.addAll(List.of(words));
        return Commands.run(LIMIT, command.toArray(String[]::new));
    }

    /** The kubelet and the proxy; done when the node says that it is ready, and both still run. */
    void startNode() {
        var before = Commands.run(LIMIT, sysctl());
        Folders.write(ground.run().resolve("sysctl.before"), before.printed());
        Traces.of(ground).remember();
        start(
                "kubelet",
                program("kubelet"),
                "--config=" + config("kubelet.yaml"),
                "--kubeconfig=" + kubeconfig("kubelet"),
                "--root-dir=" + ground.run().resolve("kubelet"),
                "--cert-dir=" + ground.memory().resolve("kubelet"),
                "--hostname-override=" + Ground.NODE,
                "--node-ip=" + Ground.NODE_ADDRESS);
        start("kube-proxy", program("kube-proxy"), "--config=" + config("kube-proxy.yaml"));
        var condition = "jsonpath={.status.conditions[?(@.type==\"Ready\")].status}";
        ready(
                "kubelet",
                () ->
                        kubectl.ask("", "get", "node", Ground.NODE, "-o", condition)
                                .printed()
                                .startsWith("True"));
        requireAlive("kube-proxy");
    }

    private static String[] sysctl() {
        var command = new ArrayList<>(List.of("sysctl"));
        command.addAll(SETTINGS);
        return command.toArray(String[]::new);
    }

    private String program(String name) {
        return kubernetes.resolve(name).toString();
    }

    private void start(String name, String... command) {
        var path = debian.resolve("usr/bin") + ":" + debian.resolve("usr/sbin");
        programs.start(name, path, List.of(command));
    }

    private void ready(String name, Supervised condition) {
        var came =
                Await.holds(
                        LIMIT,
                        Duration.ofMillis(200),
                        () -> !programs.alive(name) || condition.holds());
        requireAlive(name);
        if (!came) {
            throw LabFailure.failed(name + " is not ready; see " + programs.log(name));
        }
    }

    private void requireAlive(String name) {
        if (!programs.alive(name)) {
            throw LabFailure.failed(name + " has ended; see " + programs.log(name));
        }
    }

    /** Whether a part does its work. */
    private interface Supervised {
        boolean holds();
    }

    private static void must(String... command) {
        var outcome = Commands.run(LIMIT, command);
        if (!outcome.fine()) {
            throw LabFailure.failed(String.join(" ", command) + ": " + outcome.output().strip());
        }
    }
}
