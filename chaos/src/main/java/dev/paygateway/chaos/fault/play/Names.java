package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.fault.manifest.Experiment;
import dev.paygateway.chaos.fault.play.Proof.Reading;
import dev.paygateway.chaos.lab.Dns;
import dev.paygateway.chaos.lab.Part;
import dev.paygateway.chaos.lab.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Has gdnsd answer with one region only, whether it lives or not: its administrator says so. */
final class Names {
    private static final String NAME = "api.lab";

    private Names() {}

    static Plan plan(Experiment.Dns dns, Context context) {
        var parts = context.living(dns.selector());
        if (parts.size() != 1 || parts.getFirst().role() != Role.DNS) {
            throw context.refuse("spec.selector", parts.toString(), "select the one DNS server");
        }
        var part = parts.getFirst();
        var wrong = address(dns.answer(), context);
        var other = dns.answer().equals("east") ? "north" : "east";
        var state = Shell.word(folder(part, context).resolve("state/admin_state").toString());
        return new Plan(
                Context.names(parts),
                List.of("rm -f " + state),
                () ->
                        Shell.must(
                                "printf '%s' >%s"
                                        .formatted(
                                                forced(other, "DOWN") + forced(dns.answer(), "UP"),
                                                state)),
                List.of(answered(part, wrong)));
    }

    private static String forced(String region, String state) {
        return Dns.answers(region).stream()
                .map(answer -> answer + " => " + state + "\\n")
                .collect(Collectors.joining());
    }

    private static Path folder(Part part, Context context) {
        var at = part.command().indexOf("-c");
        if (at < 0) {
            throw context.refuse("spec.selector", part.name(), "it is no gdnsd");
        }
        return Path.of(part.command().get(at + 1));
    }

    private static String address(String region, Context context) {
        return context.pods().stream()
                .filter(part -> part.region().equals(region) && part.address().contains(":"))
                .map(part -> part.address().substring(0, part.address().lastIndexOf(':')))
                .findFirst()
                .orElseThrow(() -> context.refuse("spec.answer", region, "no such region here"));
    }

    /**
     * Where one region was the answer anyway, nothing shows; the other one is then the wrong one.
     */
    private static Proof answered(Part part, String wrong) {
        var colon = part.address().lastIndexOf(':');
        var asked =
                "dig +short +time=1 +tries=1 -p %s @%s %s A"
                        .formatted(
                                part.address().substring(colon + 1),
                                part.address().substring(0, colon),
                                NAME);
        return Proof.of(
                "answer for " + NAME,
                () -> {
                    var answer = Shell.run("bash", "-c", asked).output().replace("\n", " ");
                    return new Reading(answer, answer.equals(wrong) ? 1 : 0);
                },
                (before, during) -> before.figure() == 0 && during.figure() == 1);
    }
}
