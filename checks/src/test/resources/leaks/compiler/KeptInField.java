package dev.paygateway.sample;

import dev.paygateway.resource.HeldConnection;
import dev.paygateway.resource.Locks;
import dev.paygateway.resource.Scope;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Refused by ResourceInField: fields that outlive the block whose resource they hold. */
final class KeptInField {
    private Scope scope; // refused
    private static Locks.Hold hold; // refused
    private final AtomicReference<HeldConnection> current = new AtomicReference<>(); // refused
    private List<? extends Connection> connections; // refused
    private Connection[] raw; // refused

    record Kept(HeldConnection connection) {} // refused
}
