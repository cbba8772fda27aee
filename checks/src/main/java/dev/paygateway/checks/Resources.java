package dev.paygateway.checks;

import java.util.List;
import java.util.Set;

/** The types that the checks know by name. */
final class Resources {
    static final String SCOPE = "dev.paygateway.resource.Scope";

    /** Held for the length of a block, and by nothing that lives longer. */
    static final List<String> OF_A_BLOCK =
            List.of(
                    SCOPE,
                    "dev.paygateway.resource.HeldConnection",
                    "dev.paygateway.resource.Locks.Hold",
                    "dev.paygateway.resource.Permits.Permit",
                    "java.sql.Connection");

    /** Handles themselves: made of another one, which they close. */
    static final Set<String> HANDLES =
            Set.of(
                    "dev.paygateway.chaos.audit.evidence.Database",
                    "dev.paygateway.chaos.audit.evidence.Parts",
                    "dev.paygateway.chaos.audit.evidence.Spool",
                    "dev.paygateway.chaos.audit.nodes.Node",
                    "dev.paygateway.resource.HeldConnection",
                    "dev.paygateway.store.Session");

    /**
     * Not resources of a block but parts of a process: each is made once and closed by Spring, or
     * by the part whose field it is in. A lab outlives even its process.
     */
    static final Set<String> PARTS =
            Set.of(
                    "dev.paygateway.acquirer.HttpAcquirer",
                    "dev.paygateway.acquirer.Wire",
                    "dev.paygateway.chaos.lab.Lab",
                    "dev.paygateway.edge.MoneyRequests",
                    "dev.paygateway.resource.Certificates",
                    "dev.paygateway.resource.DatabaseWatch",
                    "dev.paygateway.resource.IdentityKeys",
                    "dev.paygateway.resource.Logins",
                    "dev.paygateway.resource.Pools",
                    "dev.paygateway.resource.Repeater",
                    "dev.paygateway.resource.Rotation",
                    "dev.paygateway.resource.VaultLink");

    /** What a thread can hold while others wait. */
    static final List<String> LOCKS =
            List.of(
                    "java.util.concurrent.Semaphore",
                    "java.util.concurrent.locks.Lock",
                    "java.util.concurrent.locks.ReadWriteLock",
                    "java.util.concurrent.locks.StampedLock");

    /** Whatever has a method that opens a session of a database. */
    static final List<String> CONNECTORS =
            List.of(
                    "java.sql.Driver",
                    "java.sql.DriverManager",
                    "javax.sql.CommonDataSource",
                    "javax.sql.PooledConnection");

    private Resources() {}
}
