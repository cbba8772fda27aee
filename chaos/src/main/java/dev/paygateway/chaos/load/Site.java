package dev.paygateway.chaos.load;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.lab.RunEnvironment;
import dev.paygateway.client.ClientSettings;
import dev.paygateway.client.GatewayClient;
import dev.paygateway.client.Names;
import dev.paygateway.client.PemTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The gateway as a run sees it: every address, and a client for each merchant. */
public final class Site implements AutoCloseable {
    private final List<URI> addresses;

    /** By order of addresses, then by merchant. */
    private final List<List<Merchant>> groups;

    private final boolean isPinned;

    /**
     * Who pays.
     *
     * @param id e.g. {@code m_demo1}
     */
    public record Merchant(String id, GatewayClient client) {}

    /** Takes the clients over and closes them. Calls begin at each address in turn. */
    @MustBeClosed
    public Site(List<URI> addresses, List<Merchant> merchants) {
        this(addresses, List.of(merchants), true);
    }

    @MustBeClosed
    private Site(List<URI> addresses, List<List<Merchant>> groups, boolean isPinned) {
        this.addresses = List.copyOf(addresses);
        this.groups = groups.stream().map(List::copyOf).toList();
        this.isPinned = isPinned;
    }

    /**
     * Both merchants of a running lab, over every address that it has.
     *
     * @param connectionsMax for each merchant
     */
    @MustBeClosed
    public static Site of(RunEnvironment environment, int connectionsMax) {
        return of(environment, Optional.empty(), connectionsMax);
    }

    /**
     * The same by a way of one's own; only a lab with two regions has any.
     *
     * @param connectionsMax for each merchant and order of addresses
     */
    @MustBeClosed
    public static Site of(RunEnvironment environment, Optional<Via> via, int connectionsMax) {
        if (via.isEmpty() && !Via.isThere(environment)) {
            var all = Via.urls(environment, oneRegion(environment));
            var names = environment.get("GATEWAY_ADDRESS").map(Site::always);
            return new Site(all, merchants(environment, all, names, connectionsMax));
        }
        var way = via.orElse(Via.BOTH);
        var orders = way.orders(environment);
        var names =
                way == Via.DNS
                        ? Optional.<Names>of(LabNames.of(environment.require("DNS_ADDRESS")))
                        : Optional.<Names>empty();
        var groups =
                orders.stream()
                        .map(order -> merchants(environment, order, names, connectionsMax))
                        .toList();
        // One after the other from each region: neighbouring numbers meet different regions.
        var first = orders.stream().map(List::getFirst).toList();
        return new Site(way == Via.BOTH ? first : orders.getFirst(), groups, way != Via.BOTH);
    }

    /** For a gateway whose name no server of names knows. */
    private static Names always(String address) {
        return _ -> List.of(InetAddress.getByName(address));
    }

    private static String oneRegion(RunEnvironment environment) {
        return environment.get("GATEWAY_URLS").isPresent() ? "GATEWAY_URLS" : "GATEWAY_URL";
    }

    private static List<Merchant> merchants(
            RunEnvironment environment,
            List<URI> addresses,
            Optional<Names> names,
            int connectionsMax) {
        var merchants = new ArrayList<Merchant>();
        for (var prefix : List.of("MERCHANT", "MERCHANT2")) {
            if (prefix.equals("MERCHANT") || environment.get(prefix + "_TOKEN").isPresent()) {
                var plain = settings(environment, prefix, addresses);
                var settings = names.map(plain::following).orElse(plain);
                merchants.add(merchant(prefix, settings.withConnectionsMax(connectionsMax)));
            }
        }
        return merchants;
    }

    List<URI> addresses() {
        return addresses;
    }

    /** In turn, so that neighbouring numbers meet different instances. */
    URI address(int number) {
        return addresses.get(Math.floorMod(number, addresses.size()));
    }

    /** Whether a customer's calls begin at the address of its number, or where the last ended. */
    boolean isPinned() {
        return isPinned;
    }

    List<Merchant> merchants() {
        return groups.getFirst();
    }

    /** A merchant, with the client that customers of this number share. */
    Merchant merchant(int merchant, int number) {
        return groups.get(Math.floorMod(number, groups.size())).get(merchant);
    }

    @Override
    public void close() {
        groups.forEach(group -> group.forEach(merchant -> merchant.client().close()));
    }

    @SuppressWarnings("MustBeClosed") // the site closes it
    private static Merchant merchant(String prefix, ClientSettings settings) {
        var id = "MERCHANT".equals(prefix) ? "m_demo1" : "m_demo2";
        return new Merchant(id, new GatewayClient(settings));
    }

    private static ClientSettings settings(
            RunEnvironment environment, String prefix, List<URI> addresses) {
        var token = environment.require(prefix + "_TOKEN");
        try {
            var tls =
                    PemTls.context(
                            Path.of(environment.require("GATEWAY_CA")),
                            Path.of(environment.require(prefix + "_CERT")),
                            Path.of(environment.require(prefix + "_KEY")));
            return ClientSettings.of(addresses, tls, () -> token);
        } catch (IOException failure) {
            throw new UncheckedIOException(prefix, failure);
        }
    }
}
