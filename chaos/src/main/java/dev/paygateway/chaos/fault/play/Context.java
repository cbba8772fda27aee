package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.fault.manifest.Manifest;
import dev.paygateway.chaos.fault.manifest.ManifestRefused;
import dev.paygateway.chaos.fault.manifest.Selector;
import dev.paygateway.chaos.lab.Part;
import dev.paygateway.chaos.lab.Role;
import java.nio.file.Path;
import java.util.List;

/**
 * What a driver is given.
 *
 * @param folder of this fault's journal, where what it needs until it is healed may be
 * @param seed who is chosen where not all are meant
 */
record Context(Stage stage, Manifest manifest, Path folder, long seed) {
    /** Those that are meant; switches and wires are nobody's pod, and never are. */
    List<Part> chosen(Selector selector) {
        var matching = matching(selector);
        var chosen = selector.choose(matching, seed);
        if (chosen.isEmpty()) {
            throw refuse(
                    "spec.selector",
                    "",
                    "it selects none of the lab's parts: see ./gateway status");
        }
        return chosen;
    }

    /** Those that are meant and must live for the fault to make sense. */
    List<Part> living(Selector selector) {
        var chosen = chosen(selector);
        for (var part : chosen) {
            if (!part.alive()) {
                throw new FaultFailure(part.name() + " does not run: nothing can be proved on it");
            }
        }
        return chosen;
    }

    private List<Part> matching(Selector selector) {
        return pods().stream()
                .filter(part -> selector.matches(part.role().namespace(), part.labels()))
                .toList();
    }

    List<Part> pods() {
        return stage.parts().stream().filter(part -> part.role() != Role.NETWORK).toList();
    }

    /** The part of that name as it is now. */
    Part now(String name) {
        return stage.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new FaultFailure(name + " is no part any more"));
    }

    ManifestRefused refuse(String path, String value, String remedy) {
        return new ManifestRefused(manifest.file().toString(), path, value, remedy);
    }

    static List<String> names(List<Part> parts) {
        return parts.stream().map(Part::name).toList();
    }
}
