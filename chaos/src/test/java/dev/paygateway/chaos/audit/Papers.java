package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.BookLine;
import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Moment;
import dev.paygateway.chaos.audit.evidence.PaymentStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes a world's calls and book lines as the load client and the acquirers write theirs. */
final class Papers {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Papers() {}

    static Path history(World world, Path folder) throws IOException {
        var run = world.run();
        var lines = new ArrayList<ObjectNode>();
        lines.add(
                line("run")
                        .put("seed", run.seed().orElseThrow())
                        .put("started", run.started().toString()));
        for (var call : world.calls) {
            lines.add(invoke(call));
            call.answer().ifPresent(answer -> lines.add(outcome(call, answer)));
        }
        lines.add(line("end").put("wall", run.ended().toString()));
        return write(folder.resolve("load-test.jsonl"), lines);
    }

    static List<Path> books(World world, Path folder) throws IOException {
        var files = new ArrayList<Path>();
        for (var acquirer : List.of("amber", "basalt")) {
            var lines = new ArrayList<ObjectNode>();
            world.book.stream()
                    .filter(line -> line.origin().acquirer().equals(acquirer))
                    .forEach(line -> lines.add(book(line, lines.size() + 1)));
            files.add(write(folder.resolve(acquirer + ".jsonl"), lines));
        }
        return files;
    }

    static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new LinkageError("SHA-256", impossible);
        }
    }

    private static Path write(Path file, List<ObjectNode> lines) throws IOException {
        return Files.write(file, lines.stream().map(ObjectNode::toString).toList());
    }

    private static ObjectNode line(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    private static ObjectNode invoke(Call call) {
        var line = common(line("invoke"), call, call.invoked());
        var asked = call.asked();
        texts(
                line,
                Map.of(
                        "payment", asked.payment(),
                        "reference", asked.reference(),
                        "currency", asked.currency(),
                        "card", asked.card(),
                        "capture", asked.capture(),
                        "body_sha256", asked.body()));
        asked.amount().ifPresent(amount -> line.put("amount", amount));
        return line.put("merchant", call.merchant()).put("attempt", 1);
    }

    private static ObjectNode outcome(Call call, Call.Answer answer) {
        var type = answer.outcome().name().toLowerCase(Locale.ROOT);
        var line = common(line(type), call, answer.at());
        texts(
                line,
                Map.of(
                        "payment", answer.payment(),
                        "resource", answer.resource(),
                        "status", status(answer),
                        "money_moved", answer.moneyMoved(),
                        "code", answer.code(),
                        "answer_sha256", answer.body().map(Papers::sha256),
                        "error", answer.error()));
        texts(line, Map.of("region", answer.region()));
        answer.shown()
                .ifPresent(shown ->
                        line.put("authorized", shown.authorized())
                                .put("captured", shown.captured())
                                .put("refunded", shown.refunded()));
        answer.http().ifPresent(http -> line.put("http", http));
        answer.version().ifPresent(version -> line.put("version", version));
        return line.put("replayed", answer.replayed());
    }

    private static Optional<String> status(Call.Answer answer) {
        return answer.paymentStatus().map(PaymentStatus::word).or(answer::resourceStatus);
    }

    private static ObjectNode common(ObjectNode line, Call call, Moment moment) {
        line.put("call", call.number()).put("process", call.process());
        line.put("wall", moment.wall().toString()).put("mono_ns", moment.monotonic());
        line.put("op", call.operation().name().toLowerCase(Locale.ROOT));
        texts(line, Map.of("key", call.key()));
        return line;
    }

    private static ObjectNode book(BookLine line, long number) {
        var node = JSON.createObjectNode().put("n", number);
        node.put("at", line.origin().at().toString()).put("acquirer", line.origin().acquirer());
        node.put("reference", line.reference());
        texts(node, Map.of("original", line.original()));
        return switch (line) {
            case BookLine.Request it ->
                    subject(node.put("entry", "request").put("call", it.call()), it.subject());
            case BookLine.Effect it ->
                    subject(
                            node.put("entry", "effect")
                                    .put("effect", it.kind().name().toLowerCase(Locale.ROOT)),
                            it.subject());
        };
    }

    private static ObjectNode subject(ObjectNode node, BookLine.Subject subject) {
        return node.put("merchant_account", subject.account())
                .put("amount", subject.amount())
                .put("currency", subject.currency());
    }

    private static void texts(ObjectNode line, Map<String, Optional<String>> texts) {
        texts.forEach((name, text) -> line.put(name, text.orElse(null)));
    }
}
