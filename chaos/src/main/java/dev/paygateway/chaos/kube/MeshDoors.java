package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Folders;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.RunEnvironment;
import dev.paygateway.chaos.lab.TlsIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Callers who go past the edge, to an instance itself, and what its sidecar makes of them. */
final class MeshDoors {
    private static final String NAMESPACE = "strangers";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** What {@code bao} says when it was refused. */
    private static final Pattern CODE = Pattern.compile("(?m)^Code: (\\d{3})\\.");

    private final Bench bench;
    private final Kubectl kubectl;

    MeshDoors(Bench bench) {
        this.bench = bench;
        kubectl = bench.kubectl();
    }

    String areClosed() {
        var caller = new Caller(instance());
        var plain = caller.inClear();
        var merchant = caller.as(merchant());
        if (isAnswered(plain) || isAnswered(merchant)) {
            throw LabFailure.failed(
                    "an instance answered past the edge: in clear \"%s\", to a merchant \"%s\""
                            .formatted(plain, merchant));
        }
        return "at an instance, in clear: %s; a merchant's certificate: %s; %s"
                .formatted(plain, merchant, wrongPrincipal());
    }

    /**
     * STRICT lets no request come as far as an answer, not even of the sidecar's own. Where nobody
     * listens nothing is proved.
     */
    private static boolean isAnswered(String said) {
        return said.startsWith("HTTP/") || said.contains("refused") || said.contains("timed out");
    }

    /** Where one that is ready is, without the Service. */
    private String instance() {
        var pod = bench.pods().stream().filter(Pod::isReady).findFirst();
        var name = pod.orElseThrow(() -> LabFailure.failed("no instance is ready")).name();
        return kubectl.run("-n", Chart.NAME, "get", "pod", name, "-o", "jsonpath={.status.podIP}");
    }

    /** A certificate of the same root, and no identity of the mesh. */
    private TlsIdentity merchant() {
        var environment = RunEnvironment.read(bench.ground().state());
        return new TlsIdentity(
                Folders.read(bench.vault().ca()),
                Folders.read(Path.of(environment.require("MERCHANT_CERT"))),
                Folders.read(Path.of(environment.require("MERCHANT_KEY"))));
    }

    /** One of the mesh, who is not the edge. */
    private String wrongPrincipal() {
        kubectl.apply(bench.ground().filled("mesh/stranger.yaml", Map.of()));
        try {
            var ready = "--for=condition=Ready";
            var limit = "--timeout=" + LIMIT.toSeconds() + "s";
            kubectl.run("-n", NAMESPACE, "wait", ready, limit, "pod/stranger");
            var told = ask();
            if (!told.endsWith("403")) {
                throw LabFailure.failed("a workload that no policy names was told: " + told);
            }
            return "another workload's: " + told;
        } finally {
            kubectl.run("delete", "namespace", NAMESPACE);
        }
    }

    /** The status that it got, by the only program there that speaks HTTP: Vault's. */
    private String ask() {
        var address = "-address=http://%1$s.%1$s.svc.cluster.local:8443".formatted(Chart.NAME);
        var exec = List.of("-n", NAMESPACE, "exec", "stranger", "-c", "stranger", "--");
        var read = List.of("bao", "read", address, "payments");
        var words = Stream.concat(exec.stream(), read.stream()).toArray(String[]::new);
        var output = kubectl.ask("", words).output();
        var code = CODE.matcher(output);
        return code.find() ? "HTTP " + code.group(1) : output.strip();
    }
}
