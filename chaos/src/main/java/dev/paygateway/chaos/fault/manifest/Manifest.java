package dev.paygateway.chaos.fault.manifest;

import java.nio.file.Path;
import java.util.Map;

/**
 * One document of a file.
 *
 * @param annotations hypothesis, evidence, abort and budget are there, under {@code
 *     paygateway.dev/}
 */
public record Manifest(
        Path file, String kind, String name, Map<String, String> annotations, Body body) {
    public Manifest {
        annotations = Map.copyOf(annotations);
    }

    /** What a manifest asks for. */
    public sealed interface Body permits Single, Workflow, StatusCheck {}

    /** One fault, by itself or as a schedule's template. */
    public record Single(Experiment experiment) implements Body {}
}
