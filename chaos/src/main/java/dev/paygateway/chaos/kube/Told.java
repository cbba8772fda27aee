package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What those who wanted to pay were told, out of a history that may still grow. */
record Told(List<Answer> answers) {
    private static final JsonMapper JSON = JsonMapper.shared();

    Told {
        answers = List.copyOf(answers);
    }

    /**
     * One answer, or that none came.
     *
     * @param sent when its request left, by this process's {@link System#nanoTime()}
     * @param came when it was there
     * @param isOfNewKey its request was the first with its key: what became of an earlier one
     *     cannot be known without a database, of this one it can
     * @param http 0 where none came
     * @param moneyMoved empty where it was not said
     */
    record Answer(long sent, long came, boolean isOfNewKey, int http, String moneyMoved) {
        boolean says(int status, String moved) {
            return http == status && moneyMoved.equals(moved);
        }
    }

    /**
     * A stretch of time by this process's {@link System#nanoTime()}.
     *
     * @param to later than {@code from}
     */
    record Span(long from, long to) {
        boolean holds(long nanos) {
            return nanos - from >= 0 && to - nanos > 0;
        }
    }

    private record Sent(long nanos, boolean isOfNewKey) {}

    static Told in(Path history) {
        var keys = new HashSet<String>();
        var sent = new HashMap<Long, Sent>();
        var answers = new ArrayList<Answer>();
        for (var line : payments(history)) {
            var call = line.path("call").asLong();
            var nanos = line.path("mono_ns").asLong();
            if (line.path("type").asString().equals("invoke")) {
                sent.put(call, new Sent(nanos, keys.add(line.path("key").asString())));
            } else if (sent.remove(call) instanceof Sent(var left, var isNew)) {
                var http = line.path("http").asInt(0);
                answers.add(
                        new Answer(
                                left, nanos, isNew, http, line.path("money_moved").asString("")));
            }
        }
        return new Told(answers);
    }

    /** A line that is just being written does not count yet. */
    private static List<JsonNode> payments(Path history) {
        try (var lines = Files.lines(history)) {
            return lines.filter(line -> line.endsWith("}"))
                    .map(JSON::readTree)
                    .filter(line -> line.path("op").asString("").equals("pay"))
                    .toList();
        } catch (IOException unreadable) {
            throw Commands.disk("cannot read " + history, unreadable);
        }
    }

    /** Requests with new keys that left in a span and got an answer of 500 or more. */
    List<Answer> refused(Span span) {
        return answers.stream()
                .filter(answer -> answer.isOfNewKey() && answer.http() >= 500)
                .filter(answer -> span.holds(answer.sent()))
                .toList();
    }

    /** The first payment that was answered 201 after a moment. */
    Optional<Answer> approvedAfter(long nanos) {
        return answers.stream()
                .filter(answer -> answer.http() == 201 && answer.came() - nanos > 0)
                .findFirst();
    }
}
