package dev.paygateway.chaos.audit.evidence;

import dev.paygateway.chaos.audit.evidence.Row.ScopedKey;
import java.util.Optional;

/** A key as a client knows it: it has no word for the mode. */
record ClientKey(String merchant, String key) {
    static ClientKey of(ScopedKey key) {
        return new ClientKey(key.merchant(), key.key());
    }

    static Optional<ClientKey> of(Call call) {
        return call.key().map(text -> new ClientKey(call.merchant(), text));
    }
}
