package dev.paygateway.edge;

import dev.paygateway.payment.Merchant;
import java.util.Set;

/** Who calls, and what the token allows. */
record Caller(Merchant merchant, Set<String> scopes) {
    static final String ATTRIBUTE = "dev.paygateway.caller";

    static final String PAYMENTS_WRITE = "payments:write";
    static final String PAYMENTS_READ = "payments:read";
    static final String REFUNDS_WRITE = "refunds:write";

    Caller {
        scopes = Set.copyOf(scopes);
    }

    /** Fails unless the token grants the scope. */
    void require(String scope) {
        if (!scopes.contains(scope)) {
            throw Rejection.of(
                    Code.SCOPE_MISSING,
                    "The token lacks the scope %s; ask for one that has it.".formatted(scope));
        }
    }
}
