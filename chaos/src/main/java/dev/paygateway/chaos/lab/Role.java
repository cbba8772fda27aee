package dev.paygateway.chaos.lab;

import java.util.Locale;

/** What a part is for. */
public enum Role {
    DATABASE,
    VAULT,
    AGENT,
    ACQUIRER,
    GATEWAY;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
