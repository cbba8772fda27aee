package dev.paygateway.client;

import com.google.errorprone.annotations.MustBeClosed;

/** Owns the connections to the gateway; make one a merchant and keep it. */
public final class GatewayClient implements AutoCloseable {
    private final Tries.Parts parts;

    @MustBeClosed
    public GatewayClient(ClientSettings settings) {
        this(settings, Pace.real());
    }

    @MustBeClosed
    @SuppressWarnings("MustBeClosed") // close() closes it
    GatewayClient(ClientSettings settings, Pace pace) {
        parts =
                new Tries.Parts(
                        settings,
                        new Wire(settings),
                        new Addresses(settings.addresses(), pace),
                        pace);
    }

    public Payments payments() {
        return payments(CallOptions.standard());
    }

    /** The same connections, used in another way. */
    public Payments payments(CallOptions options) {
        return new Payments(parts, options);
    }

    /** Ends the connections; calls that still run end as unreachable. */
    @Override
    public void close() {
        parts.wire().close();
    }
}
