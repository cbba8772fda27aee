package dev.paygateway.chaos.kube;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The pod of an instance, as the API server tells of it. A Deployment's own numbers come from
 * these, and later.
 *
 * @param isReady it takes requests, and is not about to end
 * @param restarts how often its service was started anew
 * @param image of its service
 */
record Pod(String name, boolean isReady, int restarts, String image) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SERVICE = "gateway";

    /** All of a list, in JSON. */
    static List<Pod> of(String list) {
        return JSON.readTree(list).path("items").valueStream().map(Pod::read).toList();
    }

    private static Pod read(JsonNode pod) {
        var status = pod.path("status");
        var isEnding = pod.path("metadata").has("deletionTimestamp");
        var ready = named("type", "Ready", status.path("conditions"));
        var service = named("name", SERVICE, status.path("containerStatuses"));
        return new Pod(
                pod.path("metadata").path("name").asString(),
                !isEnding && ready.path("status").asString("").equals("True"),
                service.path("restartCount").asInt(0),
                named("name", SERVICE, pod.path("spec").path("containers"))
                        .path("image")
                        .asString(""));
    }

    /** The one of a list whose field says so; a missing node if none does. */
    private static JsonNode named(String field, String value, JsonNode list) {
        return list.valueStream()
                .filter(one -> one.path(field).asString("").equals(value))
                .findFirst()
                .orElseGet(JSON::missingNode);
    }
}
