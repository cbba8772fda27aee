package dev.paygateway.chaos.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what stands behind the hash of a command: expectations with commas between them. */
final class ExpectedParser {
    private static final Pattern FORM = Pattern.compile("(exits|within|shows|not) ([\\w.-]+)");
    private static final Pattern EXIT = Pattern.compile("[0-9]{1,3}");

    private final List<String> shows = new ArrayList<>();
    private final List<String> lacks = new ArrayList<>();
    private int exit;
    private Optional<Duration> within = Optional.empty();

    /** Nothing if a part of it is none. */
    static Optional<Expected> parse(String text) {
        var parser = new ExpectedParser();
        for (var each : text.split(",", -1)) {
            if (!parser.take(each.strip())) {
                return Optional.empty();
            }
        }
        return Optional.of(new Expected(parser.exit, parser.within, parser.shows, parser.lacks));
    }

    private boolean take(String each) {
        var found = FORM.matcher(each);
        if (!found.matches()) {
            return false;
        }
        var word = found.group(2);
        return switch (found.group(1)) {
            case "exits" -> exits(word);
            case "within" -> within(word);
            case "shows" -> shows.add(word);
            default -> lacks.add(word);
        };
    }

    private boolean exits(String word) {
        if (!EXIT.matcher(word).matches()) {
            return false;
        }
        exit = Integer.parseInt(word);
        return true;
    }

    private boolean within(String word) {
        within = Lengths.parse(word);
        return within.isPresent();
    }
}
