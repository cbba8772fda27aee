package dev.paygateway.chaos.kube;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.lab.LabFailure;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A fault that Chaos Mesh plays, from when it is asked for until it is taken away. */
final class Play implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration INJECTED_LIMIT = Duration.ofMinutes(2);
    private static final Duration RECOVERED_LIMIT = Duration.ofMinutes(3);
    static final String ALLOWED = "paygateway.dev/allowed-by=gateway kube test";

    private final Bench bench;
    private final String object;

    /** Asks for what stands in a file, with what the guard wants of all that is broken by hand. */
    @MustBeClosed
    Play(Bench bench, String file) {
        this.bench = bench;
        var path = bench.ground().root().resolve(file).toString();
        var document =
                bench.kubectl().run("annotate", "--local", "-f", path, ALLOWED, "-o", "json");
        var read = JSON.readTree(document);
        var name = read.path("metadata").path("name").asString();
        object = read.path("kind").asString() + "/" + name;
        bench.kubectl().apply(document);
    }

    /** Waits until the fault is in; tells which pods it is in. */
    List<String> victims() {
        await("AllInjected", INJECTED_LIMIT);
        return records().stream()
                .map(record -> record.path("id").asString().split("/", -1)[1])
                .distinct()
                .toList();
    }

    /** The one pod that it is in. */
    String victim() {
        var all = victims();
        if (all.size() != 1) {
            throw LabFailure.failed(object + " is in " + all + ", not in one pod");
        }
        return all.getFirst();
    }

    /** Waits until it is over, as its own duration says. */
    void awaitRecovered() {
        await("AllRecovered", RECOVERED_LIMIT);
    }

    private void await(String condition, Duration limit) {
        try {
            bench.await(object + ": " + condition, limit, () -> holds(condition));
        } catch (LabFailure late) {
            throw LabFailure.failed(late.getMessage() + "; " + told(), late);
        }
    }

    private boolean holds(String condition) {
        return state().path("status")
                .path("conditions")
                .valueStream()
                .filter(one -> one.path("type").asString().equals(condition))
                .anyMatch(one -> one.path("status").asString().equals("True"));
    }

    private String told() {
        return records().stream()
                .flatMap(record -> record.path("events").valueStream())
                .map(event -> event.path("message").asString(""))
                .filter(message -> !message.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private List<JsonNode> records() {
        return state().path("status")
                .path("experiment")
                .path("containerRecords")
                .valueStream()
                .toList();
    }

    private JsonNode state() {
        return JSON.readTree(bench.kubectl().run("-n", Chart.NAME, "get", object, "-o", "json"));
    }

    /** What is still broken is healed before it goes. */
    @Override
    public void close() {
        bench.kubectl()
                .run("-n", Chart.NAME, "delete", object, "--ignore-not-found", "--timeout=120s");
    }
}
