package dev.paygateway.chaos.drill;

import dev.paygateway.chaos.load.Mix;
import dev.paygateway.chaos.load.Via;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the table at the top of a page: each row a name and a value, none of them unknown. */
final class FrameParser {
    private static final Set<String> ROWS =
            Set.of(
                    "drill",
                    "regions",
                    "rate",
                    "mix",
                    "clients",
                    "warm",
                    "settle",
                    "rto both",
                    "rto dns",
                    "rto east",
                    "rto north",
                    "rate back",
                    "failed payments",
                    "acknowledged");

    private static final double RATE_MAX = 200;
    private static final String TIME = "a time such as 30s";

    private final List<String> lines;
    private final OrderParser.Refusals refusals;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private boolean bad;

    private record Row(int line, String value) {}

    FrameParser(List<String> lines, OrderParser.Refusals refusals) {
        this.lines = lines;
        this.refusals = refusals;
    }

    /** Nothing if anything in it is wrong. */
    Optional<Frame> frame(String fileName) {
        readRows();
        var drill = require("drill", "the file's name", it -> named(it, fileName)).orElse("");
        var regions = require("regions", "1 or 2", FrameParser::regions).orElse(1);
        var rate = require("rate", "payments a second such as 20/s", FrameParser::rate);
        var mix = require("mix", "all or ok", FrameParser::mix).orElse(Mix.OK);
        var clients = require("clients", "both, dns or both with a comma", FrameParser::clients);
        var warm = require("warm", TIME, Lengths::parse).orElse(Duration.ZERO);
        var settle = require("settle", TIME, Lengths::parse).orElse(Duration.ZERO);
        var bounds = bounds(clients.orElse(List.of()));
        return bad
                ? Optional.empty()
                : Optional.of(
                        new Frame(
                                drill,
                                regions,
                                rate.orElseThrow(),
                                mix,
                                clients.orElseThrow(),
                                warm,
                                settle,
                                bounds));
    }

    private Bounds bounds(List<Via> clients) {
        var rto = new EnumMap<Via, Duration>(Via.class);
        for (var via : Via.values()) {
            var row = "rto " + Ways.word(via);
            if (clients.contains(via)) {
                require(row, TIME, Lengths::parse).ifPresent(it -> rto.put(via, it));
            } else if (rows.containsKey(row)) {
                refuse(line(row), "\"%s\": there is no such client".formatted(row));
            }
        }
        return new Bounds(
                rto,
                require("rate back", TIME, Lengths::parse),
                require("failed payments", "a number", FrameParser::number).orElse(0L),
                require("acknowledged", "a number above 0", FrameParser::positive).orElse(1L));
    }

    private void readRows() {
        int at = 0;
        while (at < lines.size() && !lines.get(at).startsWith("|")) {
            at++;
        }
        for (; at < lines.size() && lines.get(at).startsWith("|"); at++) {
            row(at + 1, lines.get(at));
        }
    }

    private void row(int line, String text) {
        var cells = Arrays.stream(text.split("\\|", -1)).map(String::strip).toList();
        if (cells.size() != 4) {
            refuse(line, "a row of the frame has two cells: | name | value |");
            return;
        }
        var name = cells.get(1);
        var rule = name.chars().allMatch(it -> it == '-' || it == ':');
        if (rule && !name.isEmpty()) {
            return;
        }
        if (!ROWS.contains(name)) {
            refuse(line, "the frame knows no \"%s\"".formatted(name));
        } else if (rows.putIfAbsent(name, new Row(line, cells.get(2))) != null) {
            refuse(line, "\"%s\" is there twice".formatted(name));
        }
    }

    private <T> Optional<T> require(
            String name, String wanted, Function<String, Optional<T>> reader) {
        var row = rows.get(name);
        if (row == null) {
            refuse(1, "the frame lacks \"%s\": give %s".formatted(name, wanted));
            return Optional.empty();
        }
        var value = reader.apply(row.value());
        if (value.isEmpty()) {
            refuse(row.line(), "\"%s\" is \"%s\": give %s".formatted(name, row.value(), wanted));
        }
        return value;
    }

    private int line(String name) {
        var row = rows.get(name);
        return row == null ? 1 : row.line();
    }

    private void refuse(int line, String what) {
        bad = true;
        refusals.refuse(line, what);
    }

    private static Optional<String> named(String value, String fileName) {
        return Optional.of(value).filter(fileName::equals);
    }

    private static Optional<Integer> regions(String value) {
        return switch (value) {
            case "1" -> Optional.of(1);
            case "2" -> Optional.of(2);
            default -> Optional.empty();
        };
    }

    private static Optional<Double> rate(String value) {
        return value.matches("[0-9]{1,3}(\\.[0-9])?/s")
                ? Optional.of(Double.valueOf(value.replace("/s", "")))
                        .filter(it -> it > 0 && it <= RATE_MAX)
                : Optional.empty();
    }

    private static Optional<Mix> mix(String value) {
        return switch (value) {
            case "all" -> Optional.of(Mix.ALL);
            case "ok" -> Optional.of(Mix.OK);
            default -> Optional.empty();
        };
    }

    private static Optional<List<Via>> clients(String value) {
        var found = new ArrayList<Via>();
        for (var word : value.split(",", -1)) {
            var via = Ways.of(word.strip());
            if (via.isEmpty() || found.contains(via.get())) {
                return Optional.empty();
            }
            found.add(via.get());
        }
        return Optional.of(found);
    }

    private static Optional<Long> number(String value) {
        return value.matches("[0-9]{1,9}") ? Optional.of(Long.valueOf(value)) : Optional.empty();
    }

    private static Optional<Long> positive(String value) {
        return number(value).filter(it -> it > 0);
    }
}
