package dev.paygateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: wrong input is refused at once, with the field, the problem and the remedy; a card number
 * is in no text.
 *
 * <p>Method: values in, messages out.
 */
class ValuesTest {
    private static final Card CARD = Card.of("4242424242424242", 12, 2030, "987");

    @TempDir private Path folder;

    @Test
    void hidesTheCardInEveryText() {
        var request = PaymentRequest.of(Money.of(1, "EUR"), "order-1", CARD);

        assertThat(request.toString()).contains("****4242").doesNotContain("42424242", "987");
        assertThat(Body.of(request).withoutCard()).doesNotContain("4242", "987");
        assertThatThrownBy(() -> Card.of("4242 4242 4242 4242", 12, 2030, "987"))
                .hasMessageContaining("card.number")
                .message()
                .doesNotContain("4242");
    }

    @Test
    void refusesWhatTheGatewayWouldRefuse() {
        assertThatThrownBy(() -> Money.of(0, "EUR")).hasMessageContaining("amount.value is 0");
        assertThatThrownBy(() -> Money.of(1, "eur")).hasMessageContaining("amount.currency");
        assertThatThrownBy(() -> IdempotencyKey.of("short")).hasMessageContaining("16 to 128");
        assertThatThrownBy(() -> ListQuery.first(101)).hasMessageContaining("limit is 101");
        assertThatThrownBy(() -> CallOptions.standard().waitingUpTo(Duration.ofSeconds(9)))
                .hasMessageContaining("1 s to 8 s");
    }

    @Test
    void refusesAddressesWithoutTls() {
        var tls = new TestAuthority(folder).context();

        assertThatThrownBy(() ->
                        ClientSettings.of(List.of(URI.create("http://127.0.0.1")), tls, () -> ""))
                .hasMessageContaining("https");
        assertThatThrownBy(() -> ClientSettings.of(List.of(), tls, () -> ""))
                .hasMessageContaining("at least one");
    }

    @Test
    void hasTheBoundsThatItsPageStates() {
        var settings =
                ClientSettings.of(
                        List.of(URI.create("https://127.0.0.1:8443")),
                        new TestAuthority(folder).context(),
                        () -> "");

        assertThat(settings.tryTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(settings.totalTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.connectionsMax()).isEqualTo(64);
        assertThat(settings.backoff().before(1, 0)).isEqualTo(Duration.ofMillis(50));
        assertThat(settings.backoff().before(99, 0.5)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void saysWhatIsWrongWithAKeyFile() throws IOException {
        var authority = new TestAuthority(folder);
        var ca = authority.file("ca.pem");
        var chain = authority.file("leaf.pem");
        var empty = Files.writeString(folder.resolve("empty.pem"), "");

        assertThatThrownBy(() -> PemTls.context(ca, chain, authority.file("sec1.key")))
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
        assertThatThrownBy(() -> PemTls.context(ca, chain, empty))
                .hasMessageContaining("no private key");
        assertThatThrownBy(() -> PemTls.context(empty, chain, authority.file("leaf.key")))
                .hasMessageContaining("no certificate");
        assertThatThrownBy(() ->
                        PemTls.context(
                                ca,
                                chain,
                                new TestAuthority(folder.resolve("other")).file("leaf.key")))
                .hasMessageContaining("give its own key");
    }
}
