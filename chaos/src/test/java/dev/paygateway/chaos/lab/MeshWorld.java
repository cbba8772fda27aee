package dev.paygateway.chaos.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.lab.Upstream.Manner;
import dev.paygateway.chaos.lab.Upstream.Seen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * East's edge: the files of istio/ through Istio's own generator in a real Envoy, in front of two
 * stand-ins of East's instances and two of North's.
 */
final class MeshWorld implements AutoCloseable {
    private static final Path ROOT = Path.of("").toAbsolutePath().resolveSibling("");
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Authority authority = new Authority("mesh test");
    private final TlsIdentity merchant = authority.firstClient("m_demo1");
    private final TestTokens tokens = new TestTokens();
    private final Queue<Seen> book = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final HttpClient http = client(merchant);
    private final int port = freePort();
    private final int admin = freePort();
    private final Path folder;
    private final MeshSite site;
    private final Process tool;
    private final Map<String, Upstream> upstreams;
    private Process envoy;

    /** With the files as they are, but for what is given. */
    MeshWorld(Path program, Consumer<MeshSite> change) {
        folder = temporary();
        var tls = authority.firstServer("gateway", Ports.LOOPBACK).context();
        upstreams =
                Map.of(
                        "e1", new Upstream("e1", tls, book),
                        "e2", new Upstream("e2", tls, book),
                        "n1", new Upstream("n1", tls, book),
                        "n2", new Upstream("n2", tls, book));
        site = site();
        change.accept(site);
        tool = start(site.command(program), "mesh.log");
        var ready = Await.holds(START_LIMIT, () -> isReady() || !tool.isAlive());
        assertThat(ready && tool.isAlive()).as(Folders.read(folder.resolve("mesh.log"))).isTrue();
        envoy = startEnvoy();
    }

    private boolean isReady() {
        return Folders.read(folder.resolve("mesh.log")).contains("READY");
    }

    private MeshSite site() {
        Folders.write(folder.resolve(AgentConfig.AUTHORITY), authority.certificate());
        both(AgentConfig.SERVER, authority.firstServer("edge", Ports.LOOPBACK));
        both(AgentConfig.CLIENT, authority.firstClient("edge"));
        var made = new MeshSite(ROOT.resolve("istio"), folder);
        made.edge(
                new MeshSite.EdgeProxy(
                        "east-edge", Wan.EAST, "127.0.0.1", "127.0.0.1:" + admin, folder));
        upstreams.forEach((name, upstream) ->
                made.instance(
                        name,
                        name.startsWith("e") ? Wan.EAST : Wan.NORTH,
                        "127.0.0.1",
                        upstream.port()));
        return made.anyName().listen(port).issuers(Map.of(TestTokens.ISSUER, tokens.keys()));
    }

    private void both(String file, TlsIdentity identity) {
        Folders.write(folder.resolve(file), identity.certificate() + identity.key());
    }

    /** Another Envoy, without memory of what the last one saw; everybody fine. */
    void fresh() {
        all(Manner.FINE);
        end(envoy);
        envoy = startEnvoy();
        book.clear();
    }

    private Process startEnvoy() {
        var config = site.bootstrap("east-edge").toString();
        var program = Tools.envoy(ROOT.resolve(".gateway/tools")).toString();
        var options = "--concurrency 1 --disable-hot-restart -l warning -c " + config;
        var command = Stream.concat(Stream.of(program), Stream.of(options.split(" ", -1)));
        var started = start(command.toList(), "envoy.log");
        var isUp = Await.holds(START_LIMIT, () -> !started.isAlive() || isServing());
        assertThat(isUp && started.isAlive())
                .as(Folders.read(folder.resolve("envoy.log")))
                .isTrue();
        return started;
    }

    private boolean isServing() {
        try {
            return http.send(get("/edge/health").build(), BodyHandlers.discarding()).statusCode()
                    == 200;
        } catch (IOException early) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** What all Envoys of this world have written. */
    String log() {
        return Folders.read(folder.resolve("envoy.log"));
    }

    /** What Envoy counted of that name, over all clusters of the service. */
    long count(String counter) {
        var page = URI.create("http://127.0.0.1:" + admin + "/stats?filter=" + counter);
        try (var plain = HttpClient.newHttpClient()) {
            var text = plain.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
            return text.body()
                    .lines()
                    .filter(line -> line.contains(MeshSite.HOST))
                    .filter(line -> line.contains("." + counter + ":"))
                    .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** An answer, and which stand-ins had seen a try of the call by then, in that order. */
    record Answer(int status, String body, String type, List<Seen> tries) {
        /** As {@code 4 tries, 503}. */
        String brief() {
            return tries.size() + (tries.size() == 1 ? " try, " : " tries, ") + status;
        }
    }

    /** Calls with a good token unless told otherwise. */
    Answer call(String method, String path, String... headers) {
        return call(http, method, path, headers);
    }

    Answer callAs(TlsIdentity identity, String method, String path, String... headers) {
        try (var other = client(identity)) {
            return call(other, method, path, headers);
        }
    }

    private Answer call(HttpClient client, String method, String path, String... headers) {
        var name = "call-" + calls.incrementAndGet();
        var body = method.equals("POST") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody();
        var request = get(path).method(method, body).header("X-Test", name);
        request.setHeader("Authorization", "Bearer " + tokens.token());
        if (headers.length > 0) {
            for (var i = 0; i < headers.length; i += 2) {
                request.setHeader(headers[i], headers[i + 1]);
            }
        }
        try {
            var answer = client.send(request.build(), BodyHandlers.ofString());
            var type = answer.headers().firstValue("content-type").orElse("");
            return new Answer(answer.statusCode(), answer.body(), type, tries(name));
        } catch (IOException refused) {
            return new Answer(0, String.valueOf(refused.getMessage()), "", tries(name));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private List<Seen> tries(String call) {
        return book.stream().filter(seen -> seen.call().equals(call)).toList();
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
                .timeout(PATIENCE);
    }

    private static HttpClient client(TlsIdentity identity) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(identity.context())
                .connectTimeout(PATIENCE)
                .build();
    }

    void all(Manner manner) {
        upstreams.values().forEach(upstream -> upstream.be(manner));
    }

    void each(String names, Consumer<Upstream> action) {
        for (var name : names.split(" ", -1)) {
            action.accept(upstreams.get(name));
        }
    }

    /** Everything that stood-ins have seen. */
    List<Seen> seen() {
        return List.copyOf(book);
    }

    TlsIdentity merchant() {
        return merchant;
    }

    TlsIdentity nobody() {
        return TlsIdentity.anonymous(authority.certificate());
    }

    /** A merchant of another authority, who trusts ours. */
    TlsIdentity foreigner() {
        var theirs = new Authority("foreign").firstClient("m_demo1");
        return new TlsIdentity(authority.certificate(), theirs.certificate(), theirs.key());
    }

    private Process start(List<String> command, String log) {
        try {
            var file = folder.resolve(log).toFile();
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(file))
                    .start();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static void end(Process process) {
        process.destroyForcibly();
        assertThat(process.onExit().orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join())
                .isNotNull();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("mesh");
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    @Override
    public void close() {
        end(envoy);
        end(tool);
        http.shutdownNow();
        upstreams.values().forEach(Upstream::close);
        Folders.remove(folder);
    }
}
