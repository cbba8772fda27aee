package dev.paygateway.chaos.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paygateway.chaos.region.RegionCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goal: two regions and a witness run on one machine, are one to their clients, can be cut and
 * killed and come back, and leave nothing.
 *
 * <p>Method: one whole lab of real processes, spoken to from outside; skipped aloud where the
 * machine cannot run one.
 */
@Tag("two-regions")
final class TwoRegionsTest {
    private static final Path STATE = Path.of("target", "two-regions-test").toAbsolutePath();
    private static final Path HALF = Path.of("target", "two-regions-half").toAbsolutePath();
    private static final int PORT_OFFSET = 7_000;
    private static final int HALF_OFFSET = 7_100;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int CONNECT_LIMIT_MS = 1_000;
    private static final int CREATED = 201;
    private static final JsonMapper JSON = new JsonMapper();

    @SuppressWarnings("NullAway.Init")
    private static Lab lab;

    @BeforeAll
    static void up() {
        try {
            Tools.requireNetwork();
        } catch (LabFailure lacking) {
            Assumptions.abort("skipped: two regions: " + lacking.getMessage());
        }
        Lab.down(STATE);
        lab = Lab.up(options(STATE, PORT_OFFSET));
    }

    @AfterAll
    static void leavesNothing() throws IOException {
        Lab.down(STATE);
        assertGone(STATE, PORT_OFFSET);
    }

    private static LabOptions options(Path state, int offset) {
        return LabOptions.of(Path.of(".."))
                .withStateFolder(state)
                .withRegions(2)
                .withPortOffset(offset);
    }

    @ParameterizedTest
    @CsvSource({"EAST, NORTH", "NORTH, EAST"})
    void readsInOneRegionWhatWasPaidInTheOther(String paid, String read) throws Exception {
        try (var https = new Https(merchant())) {
            var key = "two-regions-" + paid + "-" + System.nanoTime();
            assertThat(Await.holds(LIMIT, Duration.ofSeconds(1), () -> pays(https, paid, key)))
                    .as("a payment in " + paid)
                    .isTrue();
            var id = JSON.readTree(pay(https, paid, key).body()).path("id").asString();
            var url = lab.env().require("GATEWAY_URL_" + read) + "/v1/payments/" + id;
            var answer = https.send(authorized(url).GET());
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(JSON.readTree(answer.body()).path("id").asString()).isEqualTo(id);
        }
    }

    @Test
    void bringsAKilledNodeBackWithWhatItMissed() {
        lab.kill(List.of("east-database"));
        lab.sql("north", "CREATE TABLE gateway.missed (id INT PRIMARY KEY)");
        lab.sql("north", "INSERT INTO gateway.missed VALUES (7)");
        lab.start("east-database");
        assertThat(lab.sql("east", "SELECT id FROM gateway.missed")).containsExactly("7");
        lab.sql("east", "DROP TABLE gateway.missed");
    }

    @Test
    void findsTogetherAgainAfterAllOfTheClusterCrashed() {
        var all = List.of("arbitrator", "east-database", "north-database");
        lab.kill(all);
        lab.start(all);
        for (var region : Wan.REGIONS) {
            assertThat(lab.sql(region, "SHOW STATUS LIKE 'wsrep_cluster_status'"))
                    .containsExactly("wsrep_cluster_status\tPrimary");
        }
    }

    @Test
    void isRestoredToTheMomentOfItsBackup() {
        lab.sql("north", "CREATE TABLE gateway.kept (id INT PRIMARY KEY)");
        lab.sql("north", "INSERT INTO gateway.kept VALUES (1)");
        lab.cluster().backUp("north-database");
        lab.sql("east", "INSERT INTO gateway.kept VALUES (2)");
        lab.kill(List.of("east-database", "north-database"));
        assertThatThrownBy(() -> lab.cluster().restore("east-database"))
                .hasMessageContaining("arbitrator");
        assertThatThrownBy(() -> lab.cluster().begin("east-database"))
                .hasMessageContaining("arbitrator");
        lab.kill(List.of("arbitrator"));
        lab.cluster().restore("east-database");
        lab.cluster().begin("east-database");
        lab.start(List.of("arbitrator", "north-database"));
        for (var region : Wan.REGIONS) {
            assertThat(lab.sql(region, "SELECT id FROM gateway.kept")).containsExactly("1");
            assertThat(lab.sql(region, "SHOW STATUS LIKE 'wsrep_cluster_size'"))
                    .containsExactly("wsrep_cluster_size\t3");
        }
        lab.sql("east", "DROP TABLE gateway.kept");
    }

    /**
     * Every client has a certificate; with it alone, whoever reaches the port would be a member.
     */
    @Test
    void greetsAsAMemberOnlyWhoHasACertificateOfTheMembers() throws Exception {
        var east = State.read(STATE.resolve("run")).orElseThrow().site().regions().getFirst();
        var members = DatabaseAgent.members(east);
        var own = TlsIdentity.combined(members.trust(), members.identity());
        var lab = TlsIdentity.load(members.trust(), east.ownIdentity());
        assertThat(isGreeted(own, east)).isTrue();
        assertThat(isGreeted(lab, east)).isFalse();
    }

    private static boolean isGreeted(TlsIdentity caller, Site site) throws IOException {
        var calls = caller.context().getSocketFactory();
        try (var socket = calls.createSocket(site.ports().address(), 4_567)) {
            socket.setSoTimeout(CONNECT_LIMIT_MS);
            return socket.getInputStream().read() >= 0;
        } catch (SSLException | SocketException refused) {
            return false;
        }
    }

    @Test
    void cutsALegAndHealsIt() {
        assertThat(connects("north-vault")).isTrue();
        lab.network().cut("north");
        try {
            assertThat(connects("north-vault")).isFalse();
            assertThat(connects("east-vault")).isTrue();
        } finally {
            lab.network().heal();
        }
        assertThat(connects("north-vault")).isTrue();
        assertThat(lab.network().shapeOf("north")).isEqualTo(Shape.NORMAL);
    }

    @Test
    void cutsOnePairAndNothingElse() {
        lab.network().cutPair("north", Wan.OUTSIDE);
        try {
            assertThat(connects("north-vault")).isFalse();
            assertThat(lab.sql("north", "SHOW STATUS LIKE 'wsrep_cluster_size'"))
                    .containsExactly("wsrep_cluster_size\t3");
        } finally {
            lab.network().heal();
        }
        assertThat(connects("north-vault")).isTrue();
    }

    @Test
    void hasVaultsThatStandInForEachOther() {
        assertThat(lab.vaultDifferences()).isEmpty();
    }

    /** A comparison that finds nothing proves nothing unless it finds what was planted. */
    @Test
    void namesWhatDiffersBetweenTheVaults() {
        lab.vault("north", vault -> vault.write("sys/policies/acl/planted", policy()));
        var role = Map.of("max_ttl", "1h", "allowed_domains", "gateway");
        var before = lab.vault("north", vault -> vault.read("pki/roles/client").path("data"));
        lab.vault("north", vault -> vault.write("pki/roles/client", role));
        try {
            assertThat(lab.vaultDifferences())
                    .anyMatch(line -> line.startsWith("sys/policies/acl/planted#"))
                    .anyMatch(line -> line.startsWith("pki/roles/client#max_ttl: east has 86400"));
        } finally {
            lab.vault("north", vault -> vault.write("pki/roles/client", before));
            lab.vault("north", vault -> vault.delete("sys/policies/acl/planted"));
        }
        assertThat(lab.vaultDifferences()).isEmpty();
    }

    @Test
    void namesAKeyThatTheVaultsDoNotShare() {
        Wan.REGIONS.forEach(region ->
                lab.vault(region, vault -> vault.write("transit/keys/planted", Map.of())));
        var sites = State.read(STATE.resolve("run")).orElseThrow().site().regions();
        var east = new VaultServer(sites.getFirst());
        var north = new VaultServer(sites.getLast());
        try (var https =
                new Https(
                        TlsIdentity.load(sites.getFirst().ca(), sites.getFirst().ownIdentity()))) {
            assertThat(VaultParity.opens(east.side(https), north.side(https), "planted"))
                    .containsExactly("transit/keys/planted: north does not open what east closed");
        }
    }

    @Test
    void leadsItsNameToARegion() throws IOException {
        var addresses = Wan.REGIONS.stream().map(lab.network()::address).toList();
        assertThat(addresses).contains(NameServer.resolved(lab));
    }

    /**
     * The steps of a fail back: each is a share that the name gives, not only a number on record.
     */
    @ParameterizedTest
    @CsvSource({"10, 1, 30", "50, 25, 75", "0, 0, 0", "100, 100, 100"})
    void leadsAsManyToARegionAsItWants(int weight, int least, int most) {
        var east = lab.network().address("east");
        wants("east", weight);
        try {
            assertThat(
                            Await.holds(
                                    LIMIT,
                                    () -> {
                                        var led =
                                                IntStream.range(0, 100)
                                                        .filter(_ -> resolvedTo(east))
                                                        .count();
                                        return led >= least && led <= most;
                                    }))
                    .as("of 100 answers, those for a region that wants %d %%".formatted(weight))
                    .isTrue();
        } finally {
            wants("east", 100);
        }
    }

    private static void wants(String region, int weight) {
        var command = new CommandLine(new RegionCommand());
        assertThat(command.execute("weight", region, "" + weight, "--state=" + STATE)).isZero();
    }

    private static boolean resolvedTo(String address) {
        try {
            return NameServer.resolved(lab).equals(address);
        } catch (IOException silence) {
            return false;
        }
    }

    @Test
    void labelsItsPartsAsAManifestSelectsThem() {
        var labels = lab.part("north-gateway-2").labels();
        assertThat(labels)
                .containsEntry("app.kubernetes.io/name", "payment-gateway")
                .containsEntry("app.kubernetes.io/component", "gateway")
                .containsEntry("paygateway.dev/region", "north")
                .containsEntry("paygateway.dev/part", "north-gateway-2");
        assertThat(lab.region("north")).isNotEmpty().noneMatch(part -> part.role() == Role.NETWORK);
    }

    /** A launcher that is killed takes nothing back; the next `down` does. */
    @Test
    void endsWhatAKilledLauncherLeft() throws IOException {
        Lab.down(HALF);
        var launcher = launcher();
        try {
            var state = HALF.resolve("run/state.json");
            assertThat(
                            Await.holds(
                                    LIMIT,
                                    () ->
                                            Files.exists(state)
                                                    && Folders.read(state).contains("north-vault")))
                    .isTrue();
        } finally {
            launcher.destroyForcibly();
        }
        assertThat(Lab.down(HALF)).isTrue();
        assertGone(HALF, HALF_OFFSET);
    }

    private static Process launcher() throws IOException {
        var log = STATE.resolve("run/logs/half.log").toFile();
        return new ProcessBuilder(
                        Site.java(),
                        "-Dgateway.root=" + Path.of("..").toAbsolutePath().normalize(),
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        "dev.paygateway.chaos.cli.Main",
                        "up",
                        "--regions=2",
                        "--detach",
                        "--no-gateways",
                        "--port-offset=" + HALF_OFFSET,
                        "--state=" + HALF)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }

    private static void assertGone(Path state, int offset) throws IOException {
        assertThat(Orphans.of(state.resolve("run"))).isEmpty();
        assertThat(state.resolve("run")).doesNotExist();
        var wan = Wan.of(offset);
        var names = Wan.LEGS.stream().map(wan::namespace);
        assertThat(names.map(Plumbing::file).filter(Files::exists)).isEmpty();
        var interfaces = NetworkInterface.networkInterfaces().map(NetworkInterface::getName);
        assertThat(interfaces).doesNotContain(wan.outside());
    }

    private static Map<String, String> policy() {
        return Map.of("policy", "path \"planted\" { capabilities = [\"read\"] }");
    }

    private static boolean connects(String part) {
        var address = URI.create("tcp://" + lab.part(part).address());
        try (var socket = new Socket()) {
            var host = InetAddress.ofLiteral(address.getHost());
            socket.connect(new InetSocketAddress(host, address.getPort()), CONNECT_LIMIT_MS);
            return true;
        } catch (IOException silence) {
            return false;
        }
    }

    private static TlsIdentity merchant() {
        var env = lab.env();
        return new TlsIdentity(
                Folders.read(Path.of(env.require("GATEWAY_CA"))),
                Folders.read(Path.of(env.require("MERCHANT_CERT"))),
                Folders.read(Path.of(env.require("MERCHANT_KEY"))));
    }

    private static boolean pays(Https https, String region, String key) {
        try {
            return pay(https, region, key).status() == CREATED;
        } catch (IOException silence) {
            return false;
        }
    }

    private static Https.Answer pay(Https https, String region, String key) throws IOException {
        var body =
                """
                {"amount": {"value": 1099, "currency": "EUR"}, "reference": "%s",
                 "capture": "automatic",
                 "payment_method": {"card": {"number": "4242424242424242", "exp_month": 12,
                                             "exp_year": 2030, "cvc": "123"}}}
                """
                        .formatted(key);
        var url = lab.env().require("GATEWAY_URL_" + region) + "/v1/payments";
        return https.send(
                authorized(url)
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder authorized(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + lab.env().require("MERCHANT_TOKEN"));
    }
}
