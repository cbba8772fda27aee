package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;

public final class Locks {
    @MustBeClosed
    public Hold hold(String key) {
        return new Hold();
    }

    public static final class Hold implements AutoCloseable {
        @MustBeClosed
        private Hold() {}

        @Override
        public void close() {}
    }
}
