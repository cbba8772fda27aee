package dev.paygateway.chaos.drill;

import dev.paygateway.chaos.lab.Lab;
import dev.paygateway.chaos.lab.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The versions of all that took part: each program is asked for its own. */
final class Versions {
    /** How each program is asked. */
    private static final Map<String, String> QUESTIONS =
            Map.of(
                    "garbd", "--version",
                    "bao", "version",
                    "envoy", "--version",
                    "gdnsd", "version");

    private static final int ANSWER_SECONDS_MAX = 5;

    private Versions() {}

    static Map<String, String> of(Lab lab) {
        var found = new TreeMap<String, String>();
        found.put("JDK", Runtime.version().toString());
        var programs = programs(lab);
        QUESTIONS.forEach((name, question) ->
                Optional.ofNullable(programs.get(name))
                        .flatMap(program -> ask(program.toString(), question))
                        .ifPresent(answer -> found.put(name, answer)));
        told(lab, "SHOW VARIABLES LIKE 'version'").ifPresent(it -> found.put("mariadb", it));
        told(lab, "SHOW STATUS LIKE 'wsrep_provider_version'")
                .ifPresent(it -> found.put("galera", it));
        return found;
    }

    /** The commit of a checkout, with a star if something in it was changed since. */
    static String commit(Path root) {
        var commit = ask("git", "-C", root.toString(), "rev-parse", "--short=12", "HEAD");
        var changed = ask("git", "-C", root.toString(), "status", "--porcelain", "-uno");
        return commit.map(it -> changed.isPresent() ? it + "*" : it).orElse("unknown");
    }

    private static Map<String, Path> programs(Lab lab) {
        var programs = new LinkedHashMap<String, Path>();
        for (Part part : lab.parts()) {
            for (var word : part.command()) {
                var name = String.valueOf(Path.of(word).getFileName());
                if (QUESTIONS.containsKey(name)) {
                    programs.putIfAbsent(name, Path.of(word));
                }
            }
        }
        return programs;
    }

    /** Nothing where the database is away, or no cluster. */
    private static Optional<String> told(Lab lab, String question) {
        try {
            return lab.sql(question).stream()
                    .map(row -> row.replaceFirst("^\\S+\\s*", ""))
                    .filter(version -> !version.isBlank())
                    .findFirst();
        } catch (RuntimeException down) {
            return Optional.empty();
        }
    }

    /** The first line of what it prints; nothing if it prints nothing, or is not to be had. */
    private static Optional<String> ask(String... question) {
        try {
            var process = new ProcessBuilder(question).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var answer = process.getInputStream().readAllBytes();
            if (!process.waitFor(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return new String(answer, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .findFirst()
                    .map(String::strip);
        } catch (IOException absent) {
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
