package dev.paygateway.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host, for a client that must follow its name faster than the JDK. */
@FunctionalInterface
public interface Names {
    /**
     * Asked for each new connection; the first address that can be reached is used.
     *
     * @throws UnknownHostException it has none, or nobody knows
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
