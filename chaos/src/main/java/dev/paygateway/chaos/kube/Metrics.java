package dev.paygateway.chaos.kube;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.paygateway.chaos.lab.TlsIdentity;
import java.util.Base64;
import java.util.Map;

/** The cluster's metrics-server: what pods use, for the autoscaler. */
final class Metrics {
    static final String NAME = "metrics-server";

    /** As the API server calls it. */
    static final String HOST = NAME + ".kube-system.svc";

    private static final String NAMESPACE = "kube-system";

    private final Ground ground;
    private final Kubectl kubectl;

    Metrics(Ground ground, Kubectl kubectl) {
        this.ground = ground;
        this.kubectl = kubectl;
    }

    /**
     * Done when the API server has an answer from it: until then it doubts its own list of APIs.
     */
    void start() {
        var own = TlsIdentity.load(ground.pki().resolve("ca.pem"), ground.pki().resolve(NAME));
        kubectl.secret(
                NAMESPACE, NAME, Map.of("cert.pem", own.certificate(), "key.pem", own.key()));
        var authority = Base64.getEncoder().encodeToString(own.ca().getBytes(US_ASCII));
        kubectl.apply(
                ground.filled("manifests/metrics-server.yaml", Map.of("authority", authority)));
        kubectl.await(NAMESPACE, "deployment/" + NAME);
        kubectl.run(
                "wait",
                "--for=condition=Available",
                "apiservice/v1beta1.metrics.k8s.io",
                "--timeout=60s");
    }
}
