package dev.paygateway.chaos.fault.manifest;

import dev.paygateway.chaos.lab.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads manifests from files. */
public final class Manifests {
    /** What a cluster's Chaos Mesh knows. */
    public static final String CHAOS_MESH = "chaos-mesh.org/v1alpha1";

    /** The lab's own kinds, which no cluster is given. */
    public static final String OURS = "chaos.paygateway.dev/v1";

    private static final Set<String> FAULTS =
            Set.of("PodChaos", "NetworkChaos", "IOChaos", "StressChaos", "TimeChaos");

    private static final Set<String> OUR_FAULTS =
            Set.of("ProcessChaos", "VaultChaos", "CertificateChaos", "DnsChaos", "AcquirerChaos");

    /** The run-book page whose steps end what this broke; by itself it does not. */
    private static final String PAGE = "paygateway.dev/page";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,49}[a-z0-9])?");
    private static final int FILE_BYTES_MAX = 256 * 1024;

    private Manifests() {}

    /**
     * The file itself, or of a folder, and those in it, the one that a seed falls on: seeds that
     * follow each other go through all of them. Not by chance come those that name a {@link #PAGE}.
     */
    public static Path chosen(Path fileOrFolder, long seed) {
        if (!Files.isDirectory(fileOrFolder)) {
            return fileOrFolder;
        }
        try (var below = Files.walk(fileOrFolder)) {
            var all =
                    below.filter(file -> file.toString().endsWith(".yaml"))
                            .filter(file -> !hasPage(file))
                            .sorted()
                            .toList();
            if (all.isEmpty()) {
                throw new ManifestRefused(
                        fileOrFolder.toString(), "folder", "", "there is no manifest in it");
            }
            return all.get(Math.floorMod(seed, all.size()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + fileOrFolder, unreadable);
        }
    }

    private static boolean hasPage(Path file) {
        return read(file).stream().anyMatch(one -> one.annotations().containsKey(PAGE));
    }

    /**
     * The one document of a file.
     *
     * @throws ManifestRefused when anything in it cannot be honoured
     */
    public static Manifest one(Path file) {
        var all = read(file);
        if (all.size() != 1) {
            throw new ManifestRefused(
                    file.toString(), "---", all.size() + " documents", "one a file is played");
        }
        return all.getFirst();
    }

    /** Every document of a file. */
    public static List<Manifest> read(Path file) {
        var manifests = new ArrayList<Manifest>();
        for (var node : documents(file)) {
            manifests.add(manifest(file, Fields.document(file.toString(), node)));
        }
        return List.copyOf(manifests);
    }

    private static List<Node> documents(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new ManifestRefused(
                        file.toString(), "file", Files.size(file) + " bytes", "too large");
            }
            var settings = LoadSettings.builder().setLabel(file.toString()).build();
            var documents = new ArrayList<Node>();
            new Compose(settings)
                    .composeAllFromString(Files.readString(file))
                    .forEach(documents::add);
            return documents;
        } catch (MarkedYamlEngineException malformed) {
            throw new ManifestRefused(
                    file.toString(), "YAML", "", String.valueOf(malformed.getMessage()));
        } catch (IOException missing) {
            throw new UncheckedIOException(
                    "cannot read " + file + ": " + missing.getMessage(), missing);
        }
    }

    private static Manifest manifest(Path file, Fields document) {
        var version = document.oneOf("apiVersion", CHAOS_MESH, OURS);
        var kind = document.require("kind");
        var metadata = document.requireChild("metadata");
        var name = metadata.require("name");
        if (!NAME.matcher(name).matches()) {
            throw metadata.refuse(
                    "name", "lower-case letters, digits and -, at most 51, as Chaos Mesh's names");
        }
        var namespace = metadata.require("namespace");
        if (!namespace.equals(Role.GATEWAY.namespace())) {
            throw metadata.refuse("namespace", "expected " + Role.GATEWAY.namespace());
        }
        metadata.freely("labels");
        var annotations = metadata.freely("annotations");
        metadata.end();
        var spec = document.requireChild("spec").as(kind);
        var body = body(document, version, kind, spec);
        document.end();
        return new Manifest(file, kind, name, annotations, body);
    }

    private static Manifest.Body body(Fields document, String version, String kind, Fields spec) {
        var known = version.equals(OURS) ? OUR_FAULTS : FAULTS;
        if (known.contains(kind)) {
            return new Manifest.Single(Experiments.read(kind, spec));
        }
        return switch (version.equals(OURS) ? "" : kind) {
            case "Workflow" -> Workflow.read(spec);
            case "Schedule" -> schedule(spec);
            case "StatusCheck" -> StatusCheck.read(spec);
            default ->
                    throw document.refuse(
                            "kind",
                            Vocabulary.refusedKind(kind)
                                    .orElse(
                                            "no such kind of "
                                                    + version
                                                    + "; see: ./gateway fault kinds"));
        };
    }

    /** Its template alone: when it is due is the cluster's business. */
    private static Manifest.Body schedule(Fields spec) {
        Cron.require(spec);
        spec.integer("historyLimit", 1, 1, 1_000);
        spec.integer("startingDeadlineSeconds", 1, 1, Integer.MAX_VALUE);
        if (spec.has("concurrencyPolicy")) {
            spec.oneOf("concurrencyPolicy", "Forbid", "Allow");
        }
        var type = spec.require("type");
        var field = type.equals("Workflow") ? "workflow" : Experiments.embedded(type).orElse("");
        if (field.isEmpty()) {
            throw spec.refuse(
                    "type",
                    Vocabulary.refusedKind(type).orElse("expected Workflow or a kind of fault"));
        }
        var template = spec.requireChild(field).as(type);
        spec.end();
        return type.equals("Workflow")
                ? Workflow.read(template)
                : new Manifest.Single(Experiments.read(type, template));
    }
}
