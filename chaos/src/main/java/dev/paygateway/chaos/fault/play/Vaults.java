package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.fault.manifest.Experiment;
import dev.paygateway.chaos.fault.play.Proof.Reading;
import dev.paygateway.chaos.lab.Part;
import dev.paygateway.chaos.lab.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What becomes of a Vault, and of what it gave out. */
final class Vaults {
    private static final int SEALED = 503;
    private static final String AWAKE_SECONDS = "0.05";

    private final Context context;
    private final List<Part> parts;

    private Vaults(Context context, List<Part> parts) {
        this.context = context;
        this.parts = parts;
    }

    static Plan plan(Experiment.Vault vault, Context context) {
        var parts = context.living(vault.selector());
        for (var part : parts) {
            if (part.role() != Role.VAULT) {
                throw context.refuse("spec.selector", part.name(), "it is no Vault");
            }
        }
        var vaults = new Vaults(context, parts);
        return switch (vault.action()) {
            case SEAL -> vaults.seal();
            case SLOW -> vaults.slow(vault);
            case REVOKE_LEASES -> vaults.lostUsers(vaults::revoke);
            case DROP_USERS -> vaults.lostUsers(vaults::drop);
        };
    }

    private Plan seal() {
        return new Plan(
                Context.names(parts),
                parts.stream().map(part -> context.stage().unsealAgain(part.region())).toList(),
                () -> parts.forEach(part -> write(part, "sys/seal")),
                parts.stream().map(this::sealed).toList());
    }

    private void write(Part part, String path) {
        var _ = context.stage().vault(part.region(), path, Map.of());
    }

    private Proof sealed(Part part) {
        return Proof.of(
                "status of sys/health of " + part.name(),
                () -> {
                    var status = Https.status(part, context);
                    return new Reading(Integer.toString(status), status);
                },
                (before, during) -> before.figure() != SEALED && during.figure() == SEALED);
    }

    /** Asleep for the delay, awake for a moment: whoever asks waits, and is answered. */
    private Plan slow(Experiment.Vault vault) {
        var folder = context.folder();
        var seconds = vault.delay().toMillis() / 1e3;
        var undo = new ArrayList<String>();
        for (var part : parts) {
            undo.add(Processes.thaw(part)); // undone last
            undo.add(Shell.end(folder, "slow-" + part.name()));
        }
        return new Plan(
                Context.names(parts),
                undo,
                () ->
                        parts.forEach(part -> {
                            var pid = Processes.process(part).pid();
                            var loop =
                                    ("while kill -STOP %d; do sleep %s; kill -CONT %d;"
                                                    + " sleep %s; done\n")
                                            .formatted(pid, seconds, pid, AWAKE_SECONDS);
                            Shell.start(folder, "slow-" + part.name(), loop);
                        }),
                parts.stream()
                        .map(part -> slowed(part, (double) vault.delay().toMillis()))
                        .toList());
    }

    private Proof slowed(Part part, double millis) {
        return Proof.of(
                "time of sys/health of " + part.name() + ", slowest of 5",
                () -> {
                    var slowest = Https.slowest(part, context);
                    return new Reading(Https.told(slowest), slowest);
                },
                (before, during) -> during.figure() >= before.figure() + millis / 4);
    }

    private Plan lostUsers(Consumer<Part> lose) {
        var had =
                parts.stream()
                        .collect(Collectors.toMap(Part::region, this::users, (first, _) -> first));
        return new Plan(
                Context.names(parts),
                List.of(),
                () -> parts.forEach(lose),
                parts.stream()
                        .map(part -> lost(part, had.getOrDefault(part.region(), List.of())))
                        .toList());
    }

    /** By Vault's template for the service's users of a region. */
    private List<String> users(Part part) {
        return context.stage()
                .sql(
                        part.region(),
                        "SELECT User FROM mysql.user WHERE User LIKE 'v-%s-app-%%'"
                                .formatted(part.region()));
    }

    private Proof lost(Part part, List<String> had) {
        return Proof.of(
                        "leased database users of " + part.region() + " that were there before",
                        () -> {
                            var left = new HashSet<>(had);
                            left.retainAll(users(part));
                            return new Reading(left.size() + " of " + had.size(), left.size());
                        },
                        (before, during) -> before.figure() > 0 && during.figure() == 0)
                .lasting();
    }

    private void revoke(Part part) {
        write(part, "sys/leases/revoke-prefix/database/creds/gateway-app");
    }

    private void drop(Part part) {
        for (var user : users(part)) {
            var _ = context.stage().sql(part.region(), "DROP USER IF EXISTS '" + user + "'@'%'");
        }
    }
}
