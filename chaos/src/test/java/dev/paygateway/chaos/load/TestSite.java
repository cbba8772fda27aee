package dev.paygateway.chaos.load;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.client.ClientSettings;
import dev.paygateway.client.GatewayClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Two instances of a small gateway with one book, and a site of one merchant before them. */
final class TestSite implements AutoCloseable {
    private static final Duration TRY = Duration.ofSeconds(2);
    private static final Duration TOTAL = Duration.ofSeconds(5);

    private final TestAuthority authority;
    private final TestBook book;
    private final BookGateway one;
    private final BookGateway two;
    private final Site site;

    @MustBeClosed
    @SuppressWarnings("MustBeClosed") // close() closes them
    TestSite(Path folder, TestBook.Flaw flaw) {
        authority = new TestAuthority(folder);
        book = new TestBook(flaw);
        one = new BookGateway(authority.context(), book);
        two = new BookGateway(authority.context(), book);
        var addresses = List.of(one.address(), two.address());
        var settings =
                ClientSettings.of(addresses, authority.context(), () -> "t")
                        .withTimeouts(TRY, TOTAL);
        site =
                new Site(
                        addresses,
                        List.of(new Site.Merchant("m_demo1", new GatewayClient(settings))));
    }

    Site site() {
        return site;
    }

    TestBook book() {
        return book;
    }

    /** What {@code ./gateway up} would have written. */
    String environment() {
        return """
        GATEWAY_URLS=%s,%s
        GATEWAY_CA=%s
        MERCHANT_CERT=%s
        MERCHANT_KEY=%s
        MERCHANT_TOKEN=t
        """
                .formatted(
                        one.address(),
                        two.address(),
                        authority.file("ca.pem"),
                        authority.file("leaf.pem"),
                        authority.file("leaf.key"));
    }

    @Override
    public void close() {
        site.close();
        one.close();
        two.close();
    }
}
