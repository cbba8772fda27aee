package dev.paygateway.edge;

import dev.paygateway.payment.Claim;
import dev.paygateway.payment.Merchant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The idempotency keys that this process knows to be used, the latest of them: a repeat that cannot
 * be looked up in the database must not be told that no money moved.
 */
final class UsedKeys {
    private static final int KEYS_MAX = 10_000;

    private final Map<Key, Boolean> latest = Collections.synchronizedMap(new Latest());

    private record Key(Merchant merchant, String key) {
        static Key of(Claim claim) {
            return new Key(claim.merchant(), claim.key());
        }
    }

    private static final class Latest extends LinkedHashMap<Key, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
            return size() > KEYS_MAX;
        }
    }

    void add(Claim claim) {
        latest.put(Key.of(claim), true);
    }

    boolean contains(Merchant merchant, String key) {
        return latest.containsKey(new Key(merchant, key));
    }
}
