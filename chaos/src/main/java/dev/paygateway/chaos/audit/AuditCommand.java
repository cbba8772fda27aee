package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.BrokenEvidence;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./gateway audit}: exit 0 only for a run that tested something and broke nothing. */
@Command(
        name = "audit",
        description = "Joins the client's history, the database and the acquirers' books.",
        mixinStandardHelpOptions = true)
public final class AuditCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private final InputOptions input = new InputOptions();

    @Option(names = "--json", description = "Print the verdict as one JSON object.")
    private boolean json;

    @Option(names = "--serve", description = "Audit again and again; answer GET /audit/verdict.")
    private boolean serve;

    @Option(
            names = "--running",
            description = "Once, while payments flow: what is open may be so, outages are over.")
    private boolean running;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8490",
            description = "Where --serve answers (default: 8490).")
    private int port;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description = "Of this machine, where --serve answers (default: loopback).")
    private InetAddress address = InetAddress.getLoopbackAddress();

    @Option(
            names = "--every",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "How long --serve rests between two audits (default: 10s).")
    private String every;

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        if (serve && running) {
            throw new ParameterException(
                    spec.commandLine(), "--serve audits a running system anyway: drop --running");
        }
        try {
            if (serve) {
                return serve(out);
            }
            var verdict = running ? look() : end(err);
            print(verdict, out);
            return verdict.passed() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (BrokenEvidence | IOException | SQLException | IllegalArgumentException broken) {
            err.println("audit: " + broken.getMessage());
            return ExitCode.SOFTWARE;
        }
    }

    private Verdict look() throws SQLException, InterruptedException {
        return Audit.beforeGoingOn(InstantSource.system()).run(input.inputOfRound());
    }

    private Verdict end(PrintWriter err) throws SQLException, InterruptedException {
        return new Audit(InstantSource.system(), err::println).run(input.input());
    }

    /** Goes on until the process, or whoever runs this, is ended: then no violation is success. */
    private int serve(PrintWriter out) throws IOException {
        Consumer<String> log =
                line -> {
                    out.println(Instant.now() + " " + line);
                    out.flush();
                };
        var clock = InstantSource.system();
        var rest = Spans.parse("--every", every);
        var docket = new Docket();
        var where = new InetSocketAddress(address, port);
        try (var server = new VerdictServer(clock, docket, where, log)) {
            log.accept("audit: " + server.address() + "/audit/verdict");
            new ContinuousAudit(clock, input::inputOfRound, rest, docket, log).run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return docket.standing(clock.instant()).http() == Docket.VIOLATED
                ? ExitCode.SOFTWARE
                : ExitCode.OK;
    }

    private void print(Verdict verdict, PrintWriter out) {
        if (json) {
            out.println(VerdictJson.of(verdict));
            out.flush();
        } else {
            new VerdictText(out).print(verdict);
        }
    }
}
