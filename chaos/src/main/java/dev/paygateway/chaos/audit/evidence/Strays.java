package dev.paygateway.chaos.audit.evidence;

import dev.paygateway.chaos.audit.evidence.BookLine.Effect;
import dev.paygateway.chaos.audit.evidence.BookLine.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Charges that no operation asked for, and the lost keys that may be to blame for them. A system at
 * fault may have made very many: so many and no more are held here, the others are ghosts anyway.
 */
final class Strays {
    private static final int CHARGES_MAX = 10_000;
    private static final int CALLS_MAX = 100_000;

    private final Map<String, List<BookLine>> charges = new LinkedHashMap<>();
    private final Set<Subject> subjects = new HashSet<>();
    private final Map<ClientKey, List<Call>> lost = new LinkedHashMap<>();
    private int calls;

    /** Keeps the line of such a charge; false if there is no room for another charge. */
    boolean take(BookLine line) {
        var charge = Assembly.chargeOf(line);
        if (!charges.containsKey(charge) && charges.size() == CHARGES_MAX) {
            return false;
        }
        charges.computeIfAbsent(charge, _ -> new ArrayList<>(2)).add(line);
        if (line instanceof Effect effect && effect.is(Effect.Kind.AUTHORIZED)) {
            subjects.add(effect.subject());
        }
        return true;
    }

    /** Remembers a lost key's call if one of the charges may be its doing; after all of them. */
    void lost(Call call) {
        if (calls < CALLS_MAX && Suspects.subject(call).filter(subjects::contains).isPresent()) {
            calls++;
            lost.computeIfAbsent(ClientKey.of(call).orElseThrow(), _ -> new ArrayList<>(2))
                    .add(call);
        }
    }

    /** Hands over each line, with the key to blame where there is one. */
    void settle(BiConsumer<BookLine, Optional<ClientKey>> sink) {
        var suspects = new Suspects(List.copyOf(lost.values()));
        for (var lines : charges.values()) {
            var guilty = suspects.causeOf(lines).flatMap(ClientKey::of);
            lines.forEach(line -> sink.accept(line, guilty));
        }
    }
}
