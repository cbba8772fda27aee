package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;

public final class HeldConnection implements AutoCloseable {
    @MustBeClosed
    HeldConnection() {}

    @Override
    public void close() {}
}
