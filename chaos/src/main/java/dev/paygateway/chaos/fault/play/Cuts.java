package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.fault.manifest.Experiment.Direction;
import dev.paygateway.chaos.fault.manifest.Experiment.Network;
import dev.paygateway.chaos.fault.manifest.Experiment.Packets;
import dev.paygateway.chaos.fault.play.Proof.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Drops packets with iptables, all or some by chance, in the namespaces of the selected parts: each
 * fault in chains of its own, so that undoing one touches no other.
 */
final class Cuts {
    private static final int RUSH = 100;
    private static final Pattern EXTERNAL =
            Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}(?:/\\d{1,2})?)(?::(\\d{1,5}))?");

    private final Network network;
    private final Context context;
    private final double share;
    private final List<Side> sides;
    private final List<Side> others;
    private final String chain;

    private Cuts(Network network, Context context, double share) {
        this.network = network;
        this.context = context;
        this.share = share;
        sides = Side.of(context.chosen(network.selector()), context);
        others = others();
        chain =
                "pg%08x-%s"
                        .formatted(
                                context.stage().run().hashCode(), context.folder().getFileName());
    }

    static Plan plan(Network network, Context context) {
        var share = network.packets() instanceof Packets.Loss loss ? loss.percent() / 100 : 1;
        return new Cuts(network, context, share).plan();
    }

    private Plan plan() {
        if (others.isEmpty()) {
            sides.forEach(this::requireWhole);
        }
        var probes = sides.stream().map(this::probe).toList();
        var proofs = new ArrayList<Proof>();
        for (int side = 0; side < sides.size(); side++) {
            if (share == 1) {
                proofs.add(refused(probes.get(side)));
            }
            proofs.add(counted(sides.get(side), probes.get(side)));
        }
        return new Plan(
                sides.stream().flatMap(side -> Context.names(side.parts()).stream()).toList(),
                sides.stream().map(this::undo).toList(),
                () -> sides.forEach(side -> Shell.must(inject(side))),
                proofs);
    }

    private void requireWhole(Side side) {
        if (!side.whole()) {
            throw context.refuse(
                    "spec.target",
                    "missing",
                    "only a whole region can be cut from everybody else; name the other side,"
                            + " or select by paygateway.dev/region alone with mode all");
        }
    }

    private List<Side> others() {
        var all = new ArrayList<Side>();
        network.targets().ifPresent(target -> all.addAll(Side.of(context.chosen(target), context)));
        for (var external : network.externals()) {
            var found = EXTERNAL.matcher(external);
            if (!found.matches()) {
                throw context.refuse(
                        "spec.externalTargets", external, "give an address, with or without :port");
            }
            var port = Optional.ofNullable(found.group(2)).map(Integer::parseInt);
            all.add(Side.external(found.group(1), port));
        }
        return all;
    }

    /** A connection that works now and passes through what is cut. */
    private Probe probe(Side side) {
        var candidates = candidates(side);
        var there = candidates.stream().flatMap(other -> probes(side, other));
        var back = candidates.stream().flatMap(other -> probes(other, side));
        return Stream.concat(there, back)
                .filter(Probe::reaches)
                .findFirst()
                .orElseThrow(() ->
                        new FaultFailure(
                                "no connection works between "
                                        + side.told()
                                        + " and the other side: the cut could not be proved"));
    }

    /** Those of the other side whose ports are known. */
    private List<Side> candidates(Side side) {
        if (others.isEmpty()) {
            return elsewhere(side);
        }
        var unknown = others.stream().filter(other -> other.ports().isEmpty()).toList();
        return Stream.concat(
                        others.stream(),
                        elsewhere(side).stream()
                                .filter(part ->
                                        unknown.stream()
                                                .anyMatch(wide -> wide.covers(part.address()))))
                .toList();
    }

    private List<Side> elsewhere(Side side) {
        var parts = context.pods().stream().filter(part -> !side.parts().contains(part)).toList();
        return Side.of(parts, context).stream()
                .filter(other -> !other.namespace().equals(side.namespace()))
                .toList();
    }

    private static Stream<Probe> probes(Side from, Side to) {
        return to.ports().stream()
                .map(port -> new Probe(from.namespace(), from.told(), to.address(), port));
    }

    private static Proof refused(Probe probe) {
        return Proof.of(
                probe.told(),
                probe::connect,
                (before, during) -> before.figure() >= 0 && during.figure() < 0);
    }

    private Proof counted(Side side, Probe probe) {
        return Proof.of(
                "packets dropped at " + side.told() + ", " + direction(),
                () -> count(side, probe),
                (before, during) -> during.figure() > before.figure());
    }

    private String direction() {
        return switch (network.direction()) {
            case TO -> "going out";
            case FROM -> "coming in";
            case BOTH -> "both ways";
        };
    }

    private Reading count(Side side, Probe probe) {
        if (!Shell.run("bash", "-c", tables(side, "-S " + chain + out())).fine()) {
            return new Reading("no rule", 0);
        }
        if (share < 1) {
            probe.rush(RUSH);
        }
        long dropped = 0;
        long met = 0;
        for (var end : ends()) {
            var lines = Shell.must(tables(side, "-nvxL " + chain + end)).lines().skip(2).toList();
            dropped += packets(lines.stream().filter(line -> line.contains("DROP")));
            met += packets(lines.stream().filter(line -> !line.contains("DROP")));
        }
        return new Reading(
                share < 1
                        ? String.format(
                                Locale.ROOT,
                                "%d of %d (%.1f %%)",
                                dropped,
                                met,
                                100.0 * dropped / Math.max(met, 1))
                        : Long.toString(dropped),
                dropped);
    }

    private static long packets(Stream<String> rules) {
        return rules.mapToLong(rule -> Long.parseLong(rule.strip().split("\\s+", 2)[0])).sum();
    }

    private List<String> ends() {
        return switch (network.direction()) {
            case TO -> List.of("-o");
            case FROM -> List.of("-i");
            case BOTH -> List.of("-o", "-i");
        };
    }

    private String out() {
        return ends().getFirst();
    }

    private String inject(Side side) {
        var lines = new ArrayList<String>();
        for (var end : ends()) {
            lines.add(tables(side, "-N " + chain + end));
            matches(side, end.equals("-o")).forEach(match -> lines.addAll(rules(side, end, match)));
        }
        for (var end : ends()) {
            var hook = end.equals("-o") ? "OUTPUT" : "INPUT";
            lines.add(tables(side, "-I " + hook + " -j " + chain + end));
        }
        return String.join(" && ", lines);
    }

    /** By chance: one rule that counts what could have been met, and one that drops some of it. */
    private List<String> rules(Side side, String end, String match) {
        var add = "-A " + chain + end + match;
        if (share == 1) {
            return List.of(tables(side, add + " -j DROP"));
        }
        var chance =
                String.format(Locale.ROOT, " -m statistic --mode random --probability %.4f", share);
        return List.of(tables(side, add), tables(side, add + chance + " -j DROP"));
    }

    /** What tells the packets of the pair, seen from {@code side}, going out or coming in. */
    private List<String> matches(Side side, boolean out) {
        if (others.isEmpty()) {
            return List.of(out ? " ! -o lo" : " ! -i lo");
        }
        return others.stream().flatMap(other -> matches(side, other, out).stream()).toList();
    }

    private static List<String> matches(Side side, Side other, boolean out) {
        var address = (out ? " -d " : " -s ") + other.address();
        if (other.parts().isEmpty() && !side.namespace().isEmpty()) {
            address += out ? " ! -o lo" : " ! -i lo"; // what is within the region is not beyond it
        }
        if (other.whole() && (side.whole() || other.parts().isEmpty())) {
            return List.of(address);
        }
        var theirs = out ? " --dport " : " --sport ";
        var ours = out ? " --sport " : " --dport ";
        var matches = new ArrayList<String>();
        for (var port : other.ports()) {
            matches.add(address + " -p tcp" + theirs + port);
        }
        if (!side.whole()) {
            for (var port : side.ports()) {
                matches.add(address + " -p tcp" + ours + port);
            }
        }
        return matches;
    }

    /** Fine when the chains are gone, however often they have gone. */
    private String undo(Side side) {
        var lines = new ArrayList<String>();
        for (var end : List.of("-o", "-i")) {
            var hook = end.equals("-o") ? "OUTPUT" : "INPUT";
            lines.add(tables(side, "-D " + hook + " -j " + chain + end) + " 2>/dev/null");
            lines.add(tables(side, "-F " + chain + end) + " 2>/dev/null");
            lines.add(tables(side, "-X " + chain + end) + " 2>/dev/null");
        }
        lines.add("! " + tables(side, "-S") + " 2>/dev/null | grep -q -e " + chain);
        var all = String.join("; ", lines);
        return side.namespace().isEmpty()
                ? all
                : "[ ! -e " + Shell.word(side.namespace()) + " ] || { " + all + "; }";
    }

    private static String tables(Side side, String arguments) {
        return Shell.prefix(side.namespace()) + "iptables -w 5 " + arguments;
    }

    static boolean bothWays(Network network) {
        return network.direction() == Direction.BOTH;
    }
}
