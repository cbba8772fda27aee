package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lab.Shell;
import dev.paygateway.chaos.lint.Verdict.Notes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Istio's own validation of routes, policies and gateways, by the tool beside them. */
final class MeshConfig implements Validator {
    private static final String TOOL = "istio/tool";

    private static final List<String> FOLDERS =
            List.of("istio/base", "istio/edge", "istio/failover");

    @Override
    public String name() {
        return "istio";
    }

    @Override
    public Verdict judge(Tree tree, Toolbox tools) throws Missing {
        var mesh = tools.built("mesh", tree.folder(TOOL));
        var command = new ArrayList<Object>();
        command.addAll(List.of(mesh.program(), "check"));
        for (var folder : FOLDERS) {
            command.add(tree.folder(folder));
        }
        var outcome = Shell.in(tree.root()).run(command);
        var notes = new Notes();
        notes.add("mesh check", outcome);
        var said = outcome.lines().isEmpty() ? "nothing" : outcome.lines().getLast();
        var istio = "istio.io/istio";
        var version = tree.required(TOOL, istio);
        return notes.verdict("validation of %s %s".formatted(istio, version), said);
    }

    /**
     * One in each file and of each kind, in a value: a field that it does not know Istio lets be.
     */
    @Override
    public List<Mistake> mistakes() {
        return Stream.of(base(), edge(), failover()).flatMap(List::stream).toList();
    }

    private static List<Mistake> base() {
        return List.of(
                new Mistake(
                        "no mode of mutual TLS",
                        "istio/base/mtls.yaml",
                        "mode: STRICT",
                        "mode: STRICTER"),
                new Mistake(
                        "a host without its namespace",
                        "istio/base/egress.yaml",
                        "hosts: [\"./*\",",
                        "hosts: [\"*\","),
                new Mistake(
                        "an acquirer's port that there is not",
                        "istio/base/egress.yaml",
                        "number: 443, name: tls",
                        "number: 70443, name: tls"),
                new Mistake(
                        "a policy's port that there is not",
                        "istio/base/gateway.yaml",
                        "ports: [\"8081\"]",
                        "ports: [\"80810\"]"),
                new Mistake(
                        "more traces than requests",
                        "istio/base/telemetry.yaml",
                        "randomSamplingPercentage: 5",
                        "randomSamplingPercentage: 500"));
    }

    private static List<Mistake> edge() {
        return List.of(
                new Mistake(
                        "a door's port that there is not",
                        "istio/edge/gateway.yaml",
                        "number: 8443,",
                        "number: 84430,"),
                new Mistake(
                        "a place in Envoy that there is not",
                        "istio/edge/replies.yaml",
                        "applyTo: NETWORK_FILTER",
                        "applyTo: NETWORKS_FILTER"),
                new Mistake(
                        "a number of repeats below zero",
                        "istio/edge/routes.yaml",
                        "attempts: 0",
                        "attempts: -1"),
                new Mistake(
                        "keys that are no set of keys",
                        "istio/edge/token.yaml",
                        "jwks: '{",
                        "jwks: '["));
    }

    private static List<Mistake> failover() {
        return List.of(
                new Mistake(
                        "more than all instances ejected",
                        "istio/failover/destination.yaml",
                        "maxEjectionPercent: 100",
                        "maxEjectionPercent: 101"),
                new Mistake(
                        "no mode of a gateway's TLS",
                        "istio/failover/eastwest.yaml",
                        "mode: AUTO_PASSTHROUGH",
                        "mode: PASSED_THROUGH"),
                new Mistake(
                        "a threshold that is no number",
                        "istio/failover/health.yaml",
                        "unhealthy_threshold: 2",
                        "unhealthy_threshold: two"));
    }
}
