package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;

public interface Connections {
    @MustBeClosed
    HeldConnection acquire();
}
