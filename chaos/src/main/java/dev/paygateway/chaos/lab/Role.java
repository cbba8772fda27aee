package dev.paygateway.chaos.lab;

import java.util.Locale;

/** What a part is for, in the order in which they need each other once they have been up. */
public enum Role {
    /** A switch of a region, the hub, or a leg between the two. */
    NETWORK,
    ARBITRATOR,
    DATABASE,
    VAULT,
    AGENT,
    ACQUIRER,
    GATEWAY,
    EDGE,
    DNS;

    /** Where a region keeps it in Kubernetes; what lies outside of one counts as the gateway's. */
    public String namespace() {
        return switch (this) {
            case ARBITRATOR, DATABASE -> "database";
            case VAULT -> "vault";
            case EDGE -> "istio-ingress";
            case NETWORK, AGENT, ACQUIRER, GATEWAY, DNS -> "payment-gateway";
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
