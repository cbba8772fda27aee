package dev.paygateway.chaos.load;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.lab.RunEnvironment;
import dev.paygateway.client.ClientSettings;
import dev.paygateway.client.GatewayClient;
import dev.paygateway.client.PemTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The gateway as a run sees it: every address, and a client for each merchant. */
public final class Site implements AutoCloseable {
    private final List<URI> addresses;
    private final List<Merchant> merchants;

    /**
     * Who pays.
     *
     * @param id e.g. {@code m_demo1}
     */
    public record Merchant(String id, GatewayClient client) {}

    /** Takes the clients over and closes them. */
    @MustBeClosed
    public Site(List<URI> addresses, List<Merchant> merchants) {
        this.addresses = List.copyOf(addresses);
        this.merchants = List.copyOf(merchants);
    }

    /**
     * Both merchants of a running lab.
     *
     * @param connectionsMax for each merchant
     */
    @MustBeClosed
    public static Site of(RunEnvironment environment, int connectionsMax) {
        var urls = environment.get("GATEWAY_URLS").or(() -> environment.get("GATEWAY_URL"));
        var addresses =
                Stream.of(urls.orElseGet(() -> environment.require("GATEWAY_URLS")).split(","))
                        .map(url -> URI.create(url.strip()))
                        .toList();
        var merchants = new ArrayList<Merchant>();
        merchants.add(merchant(environment, "MERCHANT", addresses, connectionsMax));
        if (environment.get("MERCHANT2_TOKEN").isPresent()) {
            merchants.add(merchant(environment, "MERCHANT2", addresses, connectionsMax));
        }
        return new Site(addresses, merchants);
    }

    List<URI> addresses() {
        return addresses;
    }

    /** In turn, so that neighbouring numbers meet different instances. */
    URI address(int number) {
        return addresses.get(Math.floorMod(number, addresses.size()));
    }

    List<Merchant> merchants() {
        return merchants;
    }

    @Override
    public void close() {
        merchants.forEach(merchant -> merchant.client().close());
    }

    @SuppressWarnings("MustBeClosed") // the site closes it
    private static Merchant merchant(
            RunEnvironment environment, String prefix, List<URI> addresses, int connectionsMax) {
        var token = environment.require(prefix + "_TOKEN");
        var id = "MERCHANT".equals(prefix) ? "m_demo1" : "m_demo2";
        try {
            var tls =
                    PemTls.context(
                            Path.of(environment.require("GATEWAY_CA")),
                            Path.of(environment.require(prefix + "_CERT")),
                            Path.of(environment.require(prefix + "_KEY")));
            var settings =
                    ClientSettings.of(addresses, tls, () -> token)
                            .withConnectionsMax(connectionsMax);
            return new Merchant(id, new GatewayClient(settings));
        } catch (IOException failure) {
            throw new UncheckedIOException("merchant %s".formatted(id), failure);
        }
    }
}
