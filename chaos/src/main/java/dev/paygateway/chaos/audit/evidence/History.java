package dev.paygateway.chaos.audit.evidence;

import dev.paygateway.chaos.audit.evidence.Call.Answer;
import dev.paygateway.chaos.audit.evidence.Call.Asked;
import dev.paygateway.chaos.audit.evidence.Call.Operation;
import dev.paygateway.chaos.audit.evidence.Call.Outcome;
import dev.paygateway.chaos.audit.evidence.Call.Shown;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one client's history: joins each {@code invoke} with its outcome. A call without an outcome
 * (the client was killed) is handed over at the end, its outcome being unknown for ever.
 */
public final class History {
    /** What the clocks of client and database may differ by. */
    private static final Duration UNTOLD = Duration.ofSeconds(1);

    private final Path file;
    private final Consumer<Call> sink;
    private final Map<Long, Call> waiting = new LinkedHashMap<>();
    private @Nullable Fields run;
    private @Nullable Instant last;
    private boolean ended;
    private @Nullable String keyPrefix;

    private History(Path file, Consumer<Call> sink) {
        this.file = file;
        this.sink = sink;
    }

    /**
     * Hands every call of the history over and tells of which run it is.
     *
     * @throws BrokenEvidence if the file is missing, torn before its end, or has no {@code run}
     *     line
     */
    public static Run read(Path file, Consumer<Call> sink) {
        var history = new History(file, sink);
        JsonLines.read(file, history::take);
        history.waiting.values().forEach(sink);
        return history.run();
    }

    private void take(Fields line) {
        switch (line.text("type")) {
            case "run" -> run = line;
            case "invoke" -> invoke(line);
            case "ok", "ack", "fail", "info" -> outcome(line);
            case "end" -> end(line);
            case String other ->
                    throw new BrokenEvidence(
                            line.place()
                                    + ": field \"type\" is \""
                                    + other
                                    + "\", which is none of run, invoke, ok, ack, fail, info, end");
        }
    }

    private void end(Fields line) {
        line.maybeTime("wall").ifPresent(this::seen);
        ended = true;
    }

    private void invoke(Fields line) {
        var call =
                new Call(
                        name(),
                        line.number("call"),
                        line.number("process"),
                        line.word(Operation.class, "op"),
                        line.text("merchant"),
                        line.maybeText("key"),
                        asked(line),
                        moment(line),
                        Optional.empty());
        call.key().ifPresent(this::shorten);
        if (waiting.put(call.number(), call) != null) {
            throw new BrokenEvidence(
                    line.place() + ": field \"call\" repeats the open call " + call.number());
        }
    }

    private void outcome(Fields line) {
        var call = waiting.remove(line.number("call"));
        if (call == null) {
            throw new BrokenEvidence(
                    line.place() + ": field \"call\" names no open invoke: " + line.number("call"));
        }
        sink.accept(
                new Call(
                        call.run(),
                        call.number(),
                        call.process(),
                        call.operation(),
                        call.merchant(),
                        call.key(),
                        call.asked(),
                        call.invoked(),
                        Optional.of(answer(line))));
    }

    private static Asked asked(Fields line) {
        return new Asked(
                line.maybeText("payment"),
                line.maybeText("reference"),
                line.maybeNumber("amount"),
                line.maybeText("currency"),
                line.maybeText("card"),
                line.maybeText("capture"),
                line.maybeText("body_sha256"),
                line.maybeText("target"));
    }

    private Answer answer(Fields line) {
        var shown = shown(line);
        return new Answer(
                line.word(Outcome.class, "type"),
                moment(line),
                line.maybeText("payment"),
                line.maybeText("resource"),
                line.maybeText("resource").flatMap(_ -> line.maybeText("status")),
                line.maybeNumber("http"),
                paymentStatus(line, shown.isPresent()),
                shown,
                line.maybeText("money_moved"),
                line.maybeText("code"),
                line.maybeNumber("version"),
                line.maybeText("answer_sha256"),
                line.flag("replayed"),
                line.maybeText("error"),
                line.maybeText("region"));
    }

    private static Optional<Shown> shown(Fields line) {
        return line.maybeNumber("authorized").isPresent()
                ? Optional.of(
                        new Shown(
                                line.number("authorized"),
                                line.number("captured"),
                                line.number("refunded")))
                : Optional.empty();
    }

    /** Captures, voids and refunds that are done answer with a status of their own. */
    private static Optional<PaymentStatus> paymentStatus(Fields line, boolean isShown) {
        var op = line.text("op");
        var isAboutPayment = isShown || op.equals("pay") || op.equals("get");
        return isAboutPayment && line.maybeText("status").isPresent()
                ? Optional.of(line.word(PaymentStatus.class, "status"))
                : Optional.empty();
    }

    private Moment moment(Fields line) {
        var wall = line.time("wall");
        seen(wall);
        return new Moment(wall, line.number("mono_ns"));
    }

    private void seen(Instant wall) {
        last = last == null || wall.isAfter(last) ? wall : last;
    }

    private void shorten(String key) {
        var shared = keyPrefix == null ? key : keyPrefix;
        var length = 0;
        while (length < Math.min(shared.length(), key.length())
                && shared.charAt(length) == key.charAt(length)) {
            length++;
        }
        if (keyPrefix == null || length < shared.length()) {
            keyPrefix = shared.substring(0, length);
        }
    }

    /** What the keys share, cut behind its last hyphen: the digits behind it only count. */
    private String wholeWords() {
        var shared = keyPrefix == null ? "" : keyPrefix;
        return shared.substring(0, shared.lastIndexOf('-') + 1);
    }

    private Run run() {
        if (run == null) {
            throw new BrokenEvidence(
                    file + " has no line of type \"run\": it is no history of ./gateway load");
        }
        var started = run.time("started");
        return new Run(
                name(),
                run.maybeNumber("seed"),
                started,
                ended(started),
                run.maybeText("key_prefix").orElseGet(this::wholeWords));
    }

    /**
     * A client that has not ended, or was killed, may have sent more than these lines tell; of its
     * last moment nothing can be said.
     */
    private Instant ended(Instant started) {
        var seen = last == null ? started : last;
        var told = ended ? seen : seen.minus(UNTOLD);
        return told.isAfter(started) ? told : started;
    }

    private String name() {
        return String.valueOf(file.getFileName());
    }
}
