package dev.paygateway.chaos.fault.manifest;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Steps one after the other or side by side.
 *
 * @param entry the name of the first
 * @param templates by their names
 */
public record Workflow(String entry, Map<String, Template> templates) implements Manifest.Body {
    /** What Chaos Mesh's own controller gives up at, too: a deeper nesting is a circle. */
    private static final int DEPTH_MAX = 16;

    /** One step. */
    public record Template(String name, Optional<Duration> deadline, Step step) {}

    /** What a step does. */
    public sealed interface Step {
        record Serial(List<String> children) implements Step {
            public Serial {
                children = List.copyOf(children);
            }
        }

        record Parallel(List<String> children) implements Step {
            public Parallel {
                children = List.copyOf(children);
            }
        }

        record Suspend(Duration length) implements Step {}

        record Fault(Experiment experiment) implements Step {}

        record Check(StatusCheck check, boolean aborts) implements Step {}
    }

    public Workflow {
        templates = Map.copyOf(templates);
    }

    public Template template(String name) {
        return Optional.ofNullable(templates.get(name)).orElseThrow();
    }

    static Workflow read(Fields spec) {
        var templates = new LinkedHashMap<String, Template>();
        var sources = new LinkedHashMap<String, Fields>();
        for (var fields : spec.children("templates")) {
            var template = template(fields);
            sources.put(template.name(), fields);
            if (templates.put(template.name(), template) != null) {
                throw fields.refuse("name", "two templates have this name");
            }
        }
        var entry = spec.require("entry");
        if (!templates.containsKey(entry)) {
            throw spec.refuse("entry", "no template has this name" + near(entry, templates));
        }
        spec.end();
        sources.forEach((name, fields) -> requireChildren(name, fields, templates));
        if (deeperThan(DEPTH_MAX, entry, templates)) {
            throw spec.refuse("entry", "its templates are one another's children in a circle");
        }
        return new Workflow(entry, templates);
    }

    private static void requireChildren(
            String name, Fields fields, Map<String, Template> templates) {
        for (var child : children(name, templates)) {
            if (!templates.containsKey(child)) {
                var near = near(child, templates);
                throw fields.refuse("children", child + ": no template has this name" + near);
            }
        }
    }

    private static String near(String name, Map<String, Template> templates) {
        return Words.nearest(name, templates.keySet()).replace("; leave it out", "");
    }

    private static boolean deeperThan(int levels, String name, Map<String, Template> templates) {
        return levels == 0
                || children(name, templates).stream()
                        .anyMatch(child -> deeperThan(levels - 1, child, templates));
    }

    private static List<String> children(String name, Map<String, Template> templates) {
        var step = Optional.ofNullable(templates.get(name)).map(Template::step);
        return switch (step.orElse(new Step.Suspend(Duration.ZERO))) {
            case Step.Serial serial -> serial.children();
            case Step.Parallel parallel -> parallel.children();
            case Step.Suspend _, Step.Fault _, Step.Check _ -> List.of();
        };
    }

    private static Template template(Fields fields) {
        var name = fields.require("name");
        var type = fields.require("templateType");
        var deadline = fields.length("deadline");
        var step =
                switch (type) {
                    case "Serial" -> new Step.Serial(required(fields));
                    case "Parallel" -> new Step.Parallel(required(fields));
                    case "Suspend" -> new Step.Suspend(fields.requireLength("deadline"));
                    case "StatusCheck" -> check(fields);
                    default -> new Step.Fault(fault(fields, type));
                };
        fields.end();
        return new Template(name, deadline, step);
    }

    private static List<String> required(Fields fields) {
        var children = fields.texts("children");
        if (children.isEmpty()) {
            throw fields.missing("children");
        }
        return children;
    }

    private static Step check(Fields fields) {
        var aborts = fields.flag("abortWithStatusCheck");
        var spec = fields.requireChild("statusCheck").as("StatusCheck");
        return new Step.Check(StatusCheck.read(spec), aborts);
    }

    private static Experiment fault(Fields fields, String type) {
        var embedded = Experiments.embedded(type);
        if (embedded.isEmpty()) {
            throw fields.refuse(
                    "templateType",
                    Vocabulary.refused("Workflow", "=" + type)
                            .or(() -> Vocabulary.refusedKind(type))
                            .orElse("expected Serial, Parallel, Suspend, StatusCheck or a kind"));
        }
        return Experiments.read(type, fields.requireChild(embedded.get()).as(type));
    }

    /** All faults of it, in no order. */
    public Set<Experiment> experiments() {
        return Set.copyOf(
                templates.values().stream()
                        .filter(template -> template.step() instanceof Step.Fault)
                        .map(template -> ((Step.Fault) template.step()).experiment())
                        .toList());
    }
}
