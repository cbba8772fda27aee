package dev.paygateway.chaos.fault.manifest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One fault as a manifest asks for it: on whom, what, for how long. */
public sealed interface Experiment {
    Selector selector();

    /** Empty: until somebody heals it, and where the fault is over in a moment, at once. */
    Optional<Duration> duration();

    /** Whether a cluster's Chaos Mesh knows it; the others are the lab's own. */
    default boolean ofChaosMesh() {
        return switch (this) {
            case Pod _, Network _, Io _, Stress _, Clock _ -> true;
            case Freeze _, Vault _, Certificate _, Dns _, Acquirer _ -> false;
        };
    }

    /** What becomes of a pod. */
    enum PodAction {
        KILL,
        FAILURE,
        CONTAINER_KILL
    }

    /**
     * PodChaos.
     *
     * @param grace between SIGTERM and SIGKILL; zero: SIGKILL at once
     */
    record Pod(Selector selector, Optional<Duration> duration, PodAction action, Duration grace)
            implements Experiment {}

    /** Seen from the selected parts: out of them, into them, both. */
    enum Direction {
        TO,
        FROM,
        BOTH
    }

    /** What becomes of packets. */
    sealed interface Packets {
        record Partition() implements Packets {}

        record Delay(Duration latency, Duration jitter) implements Packets {}

        record Loss(double percent) implements Packets {}

        record Bandwidth(long bitsPerSecond) implements Packets {}
    }

    /**
     * NetworkChaos.
     *
     * @param targets the other side by selector
     * @param externals the other side by address; both empty: everybody else
     */
    record Network(
            Selector selector,
            Optional<Duration> duration,
            Packets packets,
            Direction direction,
            Optional<Selector> targets,
            List<String> externals)
            implements Experiment {
        public Network {
            externals = List.copyOf(externals);
        }
    }

    /** What becomes of calls to the disk. */
    sealed interface Calls {
        record Fail(int errno) implements Calls {}

        record Slow(Duration delay) implements Calls {}
    }

    /**
     * IOChaos.
     *
     * @param methods of a FUSE file system, as Chaos Mesh names them
     */
    record Io(
            Selector selector,
            Optional<Duration> duration,
            Calls calls,
            List<String> methods,
            int percent,
            String volume)
            implements Experiment {
        public Io {
            methods = List.copyOf(methods);
        }
    }

    /**
     * StressChaos.
     *
     * @param loadPercent of each of so many CPU workers
     * @param bytes that each memory worker holds
     */
    record Stress(
            Selector selector,
            Optional<Duration> duration,
            int cpuWorkers,
            int loadPercent,
            int memoryWorkers,
            long bytes)
            implements Experiment {}

    /** TimeChaos: the wall clock of the parts is off by so much. */
    record Clock(Selector selector, Optional<Duration> duration, Duration offset)
            implements Experiment {}

    /** ProcessChaos, the lab's: frozen, not dead. */
    record Freeze(Selector selector, Optional<Duration> duration) implements Experiment {}

    /** What becomes of a Vault. */
    enum VaultAction {
        SEAL,
        SLOW,
        REVOKE_LEASES,
        DROP_USERS
    }

    /** VaultChaos, the lab's. */
    record Vault(Selector selector, Optional<Duration> duration, VaultAction action, Duration delay)
            implements Experiment {}

    /** What becomes of a server's certificate. */
    enum CertificateAction {
        EXPIRED,
        WRONG_CA
    }

    /** CertificateChaos, the lab's. */
    record Certificate(Selector selector, Optional<Duration> duration, CertificateAction action)
            implements Experiment {}

    /** DnsChaos, the lab's: the name's server answers with a region that is dead. */
    record Dns(Selector selector, Optional<Duration> duration, String answer)
            implements Experiment {}

    /** AcquirerChaos, the lab's: so many percent of the authorisations meet the misbehaviour. */
    record Acquirer(
            Selector selector, Optional<Duration> duration, String misbehaviour, int percent)
            implements Experiment {}
}
