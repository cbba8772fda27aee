package dev.paygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.edge.Authority.Identity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: behind an edge the merchant's certificate is taken from the edge's word, and from nobody
 * else's.
 *
 * <p>Method: the header as Envoy writes it, sent by the edge, by a sidecar, and by a merchant.
 */
class ForwardedCertificateTest {
    private static final String HEADER = "X-Forwarded-Client-Cert";
    private static World world;
    private static Client merchant;
    private static Client thief;

    @BeforeAll
    static void start() {
        world = World.behindEdge();
        merchant = world.client("m_demo1");
        thief = world.client("m_thief");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void takesTheEdgesWord() {
        assertThat(through("edge", element(merchant)).status()).isEqualTo(200);
        assertThat(through("sidecar", element(merchant)).status()).isEqualTo(200);
    }

    @Test
    void holdsTheTokenAgainstTheForwardedCertificate() {
        refused(through("edge", element(thief)));
        refused(through("edge", element(world.client("edge"))));
    }

    @Test
    void readsWhatEnvoyQuotes() {
        var hash = hash(merchant);
        var subject = "Subject=\"CN=m_demo1,O=\\\"A;B\\\",OU=\\\\x,Hash=" + hash(thief) + "\"";
        var names = ";URI=spiffe://a/b;URI=;DNS=a.example;DNS=b.example;By=spiffe://mesh/edge";
        assertThat(through("edge", subject + ";hAsH=" + hash + names).status()).isEqualTo(200);
        var pem = URLEncoder.encode(pem(merchant), StandardCharsets.US_ASCII).replace("+", "%20");
        var withPem = "Hash=" + hash + ";Cert=\"" + pem + "\";Chain=\"" + pem + "\"";
        assertThat(through("edge", withPem).status()).isEqualTo(200);
        var another = URLEncoder.encode(pem(thief), StandardCharsets.US_ASCII);
        refused(through("edge", "Hash=" + hash + ";Cert=\"" + another + "\""));
    }

    @Test
    void believesTheNewestElementThatIsNoForwarders() {
        var spoofed = element(merchant);
        var seen = element(thief);
        refused(through("edge", spoofed + "," + seen));
        refused(through("edge", List.of(spoofed, seen)));
        refused(through("sidecar", spoofed + "," + seen + "," + element(world.client("edge"))));
        var bySidecar = ";Subject=\"CN=edge\";URI=spiffe://mesh/edge";
        var edge = "By=spiffe://mesh/sidecar;Hash=" + hash(thief) + bySidecar;
        assertThat(through("sidecar", element(merchant) + "," + edge).status()).isEqualTo(200);
        refused(through("sidecar", edge));
    }

    @Test
    void refusesMerchantsThatSendTheHeaderThemselves() {
        refused(merchant.send("GET", "/v1/payments", "", List.of()));
        refused(merchant.send("GET", "/v1/payments", "", List.of(HEADER, element(merchant))));
        var posing = element(merchant) + ";URI=spiffe://mesh/edge";
        refused(thief.holding(merchant.token()).get("/v1/payments"));
        refused(thief.send("GET", "/v1/payments", "", List.of(HEADER, posing)));
    }

    @Test
    void refusesTheEdgeThatForwardsNothing() {
        refused(through("edge", List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                ",",
                ";",
                "%s",
                "Hash",
                "Hash=",
                "Hash=%s;",
                "Hash=%s,",
                ",Hash=%s",
                "Hash=%s;;By=x",
                "Hash=%s;Hash=%s",
                "Hash=%s;Unknown=x",
                "Hash=%sff",
                "Hash=\"%s",
                "Hash=\"%s\"x",
                "Hash=%s;Subject=\"CN=m",
                "Hash=%s;Subject=CN=m,O=x",
                "Hash=%s;Subject=\"CN=m\\",
                "Hash=%s;Cert=x",
                "Hash=%s;Cert=%%zz",
                "Subject=\"CN=m_demo1\"",
                "By=1,By=2,By=3,By=4,Hash=%s"
            })
    void refusesWhatEnvoyDoesNotWrite(String header) {
        refused(through("edge", header.replace("%s", hash(merchant)).replace("%%", "%")));
    }

    private static Client.Answer through(String forwarder, String header) {
        return through(forwarder, List.of(header));
    }

    private static Client.Answer through(String forwarder, List<String> lines) {
        var headers = new ArrayList<String>();
        lines.forEach(line -> headers.addAll(List.of(HEADER, line)));
        var edge = world.client(forwarder).holding(merchant.token());
        return edge.send("GET", "/v1/payments", "", headers);
    }

    private static void refused(Client.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
        assertThat(answer.text("/code")).isEqualTo("certificate_mismatch");
        assertThat(answer.text("/money_moved")).isEqualTo("no");
    }

    private static String element(Client client) {
        return "Hash=" + hash(client) + ";Subject=\"\";URI=";
    }

    private static String hash(Client client) {
        var thumbprint = Tokens.thumbprint(identity(client).certificate());
        return HexFormat.of().formatHex(java.util.Base64.getUrlDecoder().decode(thumbprint));
    }

    private static String pem(Client client) {
        return identity(client).certificatePem();
    }

    private static Identity identity(Client client) {
        return client.identity();
    }
}
