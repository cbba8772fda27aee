package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Collects where the client's view and the database differ. */
record Differences(String where, List<String> found) {
    static Differences of(Call call) {
        var key = call.key().map(text -> " (key " + text + ")").orElse("");
        return new Differences("call " + call.number() + key, new ArrayList<>());
    }

    void texts(String field, Optional<String> seen, String held) {
        seen.filter(text -> !text.equals(held)).ifPresent(text -> add(field, text, held));
    }

    void amounts(String field, OptionalLong seen, long held) {
        if (seen.isPresent() && seen.getAsLong() != held) {
            add(field, String.valueOf(seen.getAsLong()), String.valueOf(held));
        }
    }

    private void add(String field, String seen, String held) {
        found.add(where + ": " + field + " was " + seen + ", the database has " + held);
    }
}
