package dev.paygateway.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paygateway.chaos.lab.RunEnvironment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: customers of two regions know both, half of them the one first; others know what they are
 * told.
 *
 * <p>Method: the environment of a lab is written by hand.
 */
class ViaTest {
    @TempDir private Path folder;

    private RunEnvironment environment(String... lines) throws IOException {
        Files.createDirectories(folder.resolve("run"));
        Files.writeString(folder.resolve("run").resolve("env"), String.join("\n", lines) + "\n");
        return RunEnvironment.read(folder);
    }

    private RunEnvironment two() throws IOException {
        return environment(
                "GATEWAY_URL_EAST=https://e1:8443",
                "GATEWAY_URL_NORTH=https://n1:8443",
                "GATEWAY_URLS_EAST=https://e1:8443,https://e2:8443",
                "GATEWAY_URLS_NORTH=https://n1:8443,https://n2:8443",
                "GATEWAY_NAME=api.lab");
    }

    private static String hosts(List<List<URI>> orders) {
        return orders.stream()
                .map(order -> order.stream().map(URI::getHost).collect(Collectors.joining(" ")))
                .collect(Collectors.joining(", "));
    }

    @Test
    void bothRegionsTakeTurnsInBeingFirst() throws IOException {
        assertThat(hosts(Via.BOTH.orders(two())))
                .isEqualTo("e1 e2 n1 n2, n1 n2 e1 e2, e2 e1 n2 n1, n2 n1 e2 e1");
    }

    @Test
    void oneRegionIsAllThatItsCustomersKnow() throws IOException {
        assertThat(hosts(Via.EAST.orders(two()))).isEqualTo("e1 e2");
        assertThat(hosts(Via.NORTH.orders(two()))).isEqualTo("n1 n2");
    }

    @Test
    void aNameLeadsToThePortOfBoth() throws IOException {
        assertThat(Via.DNS.orders(two()).toString()).isEqualTo("[[https://api.lab:8443]]");
        var odd =
                environment(
                        "GATEWAY_URL_EAST=https://e1:8443",
                        "GATEWAY_URL_NORTH=https://n1:8543",
                        "GATEWAY_NAME=api.lab");
        assertThatThrownBy(() -> Via.DNS.orders(odd)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isOfNoUseInOneRegion() throws IOException {
        assertThat(Via.isThere(two())).isTrue();
        assertThat(Via.isThere(environment("GATEWAY_URLS=https://g:8443"))).isFalse();
    }
}
