package dev.paygateway.chaos.kube;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Goal: an instance counts as ready when its pod does, and never while it ends.
 *
 * <p>Method: a list as the API server answers it, of a pod that serves, one that is being deleted,
 * one that starts and one that nothing is known of yet.
 */
class PodTest {
    private static final String LIST =
            """
            {"kind": "List", "items": [
              {"metadata": {"name": "serves"},
               "spec": {"containers": [{"name": "gateway", "image": "gateway:2"}]},
               "status": {
                 "conditions": [{"type": "Initialized", "status": "True"},
                                {"type": "Ready", "status": "True"}],
                 "initContainerStatuses": [{"name": "vault-agent", "restartCount": 7}],
                 "containerStatuses": [{"name": "gateway", "restartCount": 3}]}},
              {"metadata": {"name": "ends", "deletionTimestamp": "2026-11-30T05:00:00Z"},
               "spec": {"containers": [{"name": "gateway", "image": "gateway:1"}]},
               "status": {"conditions": [{"type": "Ready", "status": "True"}]}},
              {"metadata": {"name": "starts"},
               "spec": {"containers": [{"name": "gateway", "image": "gateway:2"}]},
               "status": {"conditions": [{"type": "Ready", "status": "False"}]}},
              {"metadata": {"name": "new"}, "spec": {"containers": []}, "status": {}}
            ]}
            """;

    @Test
    void tellsWhichServe() {
        assertThat(Pod.of(LIST))
                .containsExactly(
                        new Pod("serves", true, 3, "gateway:2"),
                        new Pod("ends", false, 0, "gateway:1"),
                        new Pod("starts", false, 0, "gateway:2"),
                        new Pod("new", false, 0, ""));
    }

    @Test
    void knowsAnEmptyList() {
        assertThat(Pod.of("{\"items\": []}")).isEmpty();
    }
}
