package dev.paygateway.chaos.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.audit.Audit;
import dev.paygateway.chaos.audit.AuditInput;
import dev.paygateway.chaos.audit.Verdict;
import dev.paygateway.chaos.audit.evidence.Database;
import dev.paygateway.chaos.audit.judge.Law;
import dev.paygateway.chaos.cli.Commands;
import dev.paygateway.chaos.lab.Await;
import dev.paygateway.chaos.lab.Lab;
import dev.paygateway.chaos.lab.LabOptions;
import dev.paygateway.chaos.lab.Signal;
import dev.paygateway.chaos.load.Batch;
import dev.paygateway.chaos.load.LoadOptions;
import dev.paygateway.chaos.load.LoadResult;
import dev.paygateway.chaos.load.LoadRun;
import dev.paygateway.chaos.load.Mix;
import dev.paygateway.chaos.load.Refunds;
import dev.paygateway.chaos.load.Site;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A lab whose instances can be frozen, a load on it, and the audit of both. */
final class World implements AutoCloseable {
    static final List<String> INSTANCES = List.of("gateway-1", "gateway-2");

    /**
     * How an instance is made to listen for a debugger, at a port that it chooses and prints. It is
     * killed and started a dozen times: neither the optimising compiler nor a long warm-up would
     * pay.
     */
    private static final List<String> DEBUGGED =
            List.of(
                    "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0",
                    "-XX:TieredStopAtLevel=1",
                    "-Dgateway.warm-up.time-max=2s");

    private static final Pattern LISTENING =
            Pattern.compile("Listening for transport dt_socket at address: (\\d+)");

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** A thousand would put the edge where another lab has its management. */
    private static final int PORT_OFFSET = 1_500;

    private static final int CLIENTS_MAX = 128;
    private static final double WARM_RATE_PER_SECOND = 5;
    private static final Duration WARM = Duration.ofSeconds(20);
    private static final Duration SETTLE = Duration.ofSeconds(30);
    private static final int BRIEF_MAX = 200;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Lab lab;
    private final Path state;
    private final List<Path> histories = new ArrayList<>();

    private World(Lab lab, Path state) {
        this.lab = lab;
        this.state = state;
    }

    /** The service as it is built. */
    static World up(String name) {
        return up(name, List.of(), List.of());
    }

    /** The service with no debugger about. */
    static World plain(String name) {
        return up(name, options());
    }

    /** The service with more on its class path; profiles choose what of that is at work. */
    static World up(String name, List<Path> classPath, List<String> profiles) {
        return up(name, options().withGateway(DEBUGGED, classPath).withSpringProfiles(profiles));
    }

    /** The service as it is built, with certificates of that life. */
    static World up(String name, Duration certificateLife) {
        return up(name, options().withCertificateLife(certificateLife));
    }

    private static LabOptions options() {
        return LabOptions.of(ROOT).withPortOffset(PORT_OFFSET);
    }

    /** The service in two regions, with more on its class path. */
    static World ofTwoRegions(String name, List<Path> classPath, List<String> profiles) {
        return up(
                name,
                options()
                        .withRegions(2)
                        .withGateway(List.of(), classPath)
                        .withSpringProfiles(profiles));
    }

    private static World up(String name, LabOptions wanted) {
        require(jar(""));
        wanted.gatewayClassPath().forEach(World::require);
        var state = Path.of("target", name).toAbsolutePath();
        Lab.down(state);
        return new World(Lab.up(wanted.withStateFolder(state)), state);
    }

    /** The service's jar, or the one beside it: {@code jar("-sabotage")}. */
    static Path jar(String classifier) {
        return ROOT.resolve("gateway-service/target/gateway-service" + classifier + ".jar");
    }

    /** A fault of that name. */
    static Path experiment(String name) {
        return ROOT.resolve("chaos/experiments/" + name + ".yaml");
    }

    private static void require(Path jar) {
        if (!Files.exists(jar)) {
            throw new AssertionError(
                    jar
                            + " is missing; build it with:"
                            + " ./mvnw -Pquick -DskipTests package -am -pl gateway-service"
                            + " (not with -Dmaven.test.skip: that leaves the sabotage jar out)");
        }
    }

    /** Whether it came true in time; looked at once a second. */
    static boolean await(Duration limit, BooleanSupplier condition) {
        return Await.holds(limit, LOOK_EVERY, condition);
    }

    /** What an instance says of itself now. */
    Exposition seen(String instance) {
        try {
            return Exposition.of(lab.env(), instance);
        } catch (IOException silence) {
            throw new AssertionError(instance + " does not answer", silence);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stop);
        }
    }

    Lab lab() {
        return lab;
    }

    /** The book of the client's last load. */
    Path history() {
        return histories.getLast();
    }

    /** Freezes an instance at a point and kills it there; false if the point was not reached. */
    boolean killAt(CrashPoint point, String instance, Duration limit) throws Exception {
        try (var executioner = Executioner.attach(debuggerPort(instance))) {
            if (!executioner.freezeAt(point, limit)) {
                return false;
            }
            lab.stop(instance, Signal.KILL);
            return true;
        }
    }

    /** Of the JVM that was started last. */
    private int debuggerPort(String instance) throws IOException {
        return LISTENING
                .matcher(log(instance))
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .reduce((_, last) -> last)
                .orElseThrow(() -> new AssertionError(instance + " listens for no debugger"));
    }

    /** A load that goes on in the background for its length, or until it is told to end. */
    final class Load {
        private final AtomicBoolean ended = new AtomicBoolean();
        private final CompletableFuture<LoadResult> result;

        Load(double ratePerSecond, Mix mix, long seed, Duration length, Duration settle) {
            var history = newHistory("load");
            var options =
                    new LoadOptions(
                            ratePerSecond,
                            length,
                            seed,
                            mix,
                            CLIENTS_MAX,
                            settle,
                            history,
                            Map.of());
            result = CompletableFuture.supplyAsync(() -> run(options), Thread::startVirtualThread);
        }

        private LoadResult run(LoadOptions options) {
            try (var site = Site.of(lab.env(), CLIENTS_MAX)) {
                return LoadRun.run(options, site, () -> !ended.get());
            } catch (InterruptedException stopped) {
                throw new CompletionException(stopped);
            }
        }

        /** Lets nobody arrive any more, and waits until what is open is settled. */
        LoadResult end() {
            ended.set(true);
            return await();
        }

        /** Waits until its length is over and what is open is settled. */
        LoadResult await() {
            return result.join();
        }
    }

    private Path newHistory(String kind) {
        histories.add(state.resolve("history").resolve(kind + "-" + Instant.now() + ".jsonl"));
        return histories.getLast();
    }

    /** Payments that are refunded by several at once, in the books like any load. */
    void refunds(int payments, int atOnce) {
        var batch = new Batch(payments, atOnce, newHistory("refunds"));
        try (var site = Site.of(lab.env(), CLIENTS_MAX)) {
            System.out.println(Refunds.run(site, batch));
        }
    }

    Load load(double ratePerSecond, Mix mix, long seed, Duration length, Duration settle) {
        return new Load(ratePerSecond, mix, seed, length, settle);
    }

    /** A new JVM is slow: gentle payments until it is not, in the books like all others. */
    void warm() {
        load(WARM_RATE_PER_SECOND, Mix.OK, 0, WARM, SETTLE).await();
    }

    /** Waits for what may still be open, then judges. */
    Verdict audit(Duration settle) throws SQLException, InterruptedException {
        var env = lab.env();
        var login = env.require("DATABASE_AUDITOR").split(":", 2);
        var input =
                AuditInput.of(
                                histories,
                                Stream.of(env.require("ACQUIRER_BOOKS").split(",", -1))
                                        .map(Path::of)
                                        .toList(),
                                new Database.Address(
                                        env.require("DATABASE_URL"), login[0], login[1]))
                        .settle(settle)
                        .strict(true)
                        .build();
        return new Audit(InstantSource.system(), _ -> {}).run(input);
    }

    /**
     * The laws that {@code ./gateway audit} finds broken in all that was played: on every node, and
     * with a search for secrets. Whether a fault bit and cost too much time is a drill's to ask.
     */
    Set<Law> broken(Duration settle) throws IOException {
        var said = new StringWriter();
        var cause = new StringWriter();
        var command = List.of("audit", "--json", "--strict", "--state=" + state);
        var arguments = new ArrayList<>(command);
        arguments.add("--settle=" + settle.toSeconds() + "s");
        arguments.add("--faults=" + Files.writeString(state.resolve("no-faults.jsonl"), ""));
        histories.forEach(history -> arguments.add(history.toString()));
        Commands.line()
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(cause))
                .execute(arguments.toArray(String[]::new));
        assertThat(said.toString()).as("%s", cause).startsWith("{");
        var verdict = new JsonMapper().readTree(said.toString());
        assertThat(verdict.path("tested_enough").asBoolean()).as("%s", verdict).isTrue();
        var told = new TreeSet<String>();
        verdict.path("found")
                .valueStream()
                .filter(found -> told.add(found.path("invariant").asString()))
                .forEach(found -> System.out.println(brief(found)));
        return verdict.path("invariants")
                .valueStream()
                .filter(law -> law.path("state").asString().equals("violated"))
                .map(law -> Law.valueOf(law.path("id").asString()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String brief(JsonNode found) {
        var words = found.path("invariant").asString() + " " + found.path("problems");
        return words.substring(0, Math.min(words.length(), BRIEF_MAX));
    }

    /** Everything that stands in the log of a part. */
    String log(String part) throws IOException {
        return Files.readString(lab.part(part).log());
    }

    @Override
    public void close() {
        lab.down();
    }
}
