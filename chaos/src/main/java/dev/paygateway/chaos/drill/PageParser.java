package dev.paygateway.chaos.drill;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Reads a page strictly: what it does not know it refuses by its line, for a command that a drill
 * passes over in silence is one that an on-call trusts in vain.
 */
final class PageParser {
    /** What an on-call must find on every page, in this order. */
    static final List<String> SECTIONS =
            List.of(
                    "What it is",
                    "How you notice",
                    "First look",
                    "What to do",
                    "What not to do",
                    "How to check",
                    "Fail back",
                    "The drill");

    private static final String FENCE = "```";
    private static final String HYPOTHESIS = "Hypothesis: ";

    private final Path file;
    private final List<String> lines;
    private final List<BadPage.Problem> problems = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final List<String> sections = new ArrayList<>();

    private PageParser(Path file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    static Page parse(Path file, List<String> lines) {
        return new PageParser(file, lines).page();
    }

    private Page page() {
        var title = title();
        var frame = new FrameParser(lines, this::refuse).frame(baseName());
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).startsWith(FENCE)) {
                at = fence(at);
            } else if (lines.get(at).startsWith("## ")) {
                sections.add(lines.get(at).substring(3).strip());
            }
        }
        if (!sections.equals(SECTIONS)) {
            refuse(1, "its sections are %s; they must be %s".formatted(sections, SECTIONS));
        }
        requireOneOf(Phase.FAULT);
        requireOneAudit();
        requireLooksWhilePaymentsFlow();
        var hypothesis = hypothesis();
        if (!problems.isEmpty()) {
            throw new BadPage(file, problems);
        }
        return new Page(file, title, hypothesis, frame.orElseThrow(), blocks);
    }

    private String baseName() {
        return String.valueOf(file.getFileName()).replaceFirst("\\.md$", "");
    }

    private String title() {
        var first = lines.isEmpty() ? "" : lines.getFirst();
        if (!first.startsWith("# ")) {
            refuse(1, "it does not begin with its title: # ...");
        }
        return first.replaceFirst("^# +", "");
    }

    /** The paragraph that begins so, in one line. */
    private String hypothesis() {
        var from =
                IntStream.range(0, lines.size())
                        .filter(it -> lines.get(it).startsWith(HYPOTHESIS))
                        .findFirst();
        if (from.isEmpty()) {
            refuse(lines.size(), "no paragraph begins with \"" + HYPOTHESIS.strip() + "\"");
            return "";
        }
        var paragraph = new ArrayList<String>();
        for (int at = from.getAsInt(); at < lines.size() && !lines.get(at).isBlank(); at++) {
            paragraph.add(lines.get(at).strip());
        }
        return String.join(" ", paragraph).substring(HYPOTHESIS.length());
    }

    /** Reads one fenced block; gives the index of its last line. */
    private int fence(int from) {
        int end = from + 1;
        while (end < lines.size() && !lines.get(end).startsWith(FENCE)) {
            end++;
        }
        if (end == lines.size()) {
            refuse(from + 1, "the block that begins here does not end");
        }
        var info = lines.get(from).substring(FENCE.length()).strip().split(" +", -1);
        if (info.length > 1 && info[1].equals("drill")) {
            block(from, end, info);
        } else if (info.length > 1) {
            refuse(from + 1, "\"%s\" is no info string: give sh drill PHASE".formatted(info[1]));
        }
        return end;
    }

    private void block(int from, int end, String[] info) {
        var phase = info.length > 2 ? Phase.of(info[2]) : Optional.<Phase>empty();
        var lasts = info.length > 3 ? Lengths.parse(info[3]) : Optional.of(Duration.ZERO);
        if (!info[0].equals("sh") || phase.isEmpty() || lasts.isEmpty() || info.length > 4) {
            refuse(
                    from + 1,
                    "give sh drill PHASE [TIME], PHASE one of before, fault, during, heal, check,"
                            + " TIME such as 30s");
            return;
        }
        var parser = new OrderParser(this::refuse);
        var orders = new ArrayList<Order>();
        for (int at = from + 1; at < end; at++) {
            parser.order(at + 1, lines.get(at)).ifPresent(orders::add);
        }
        if (orders.isEmpty()) {
            refuse(from + 1, "a drill's block without a command");
        }
        blocks.add(new Block(from + 1, phase.get(), lasts.get(), orders));
    }

    private void requireOneOf(Phase phase) {
        if (blocks.stream().noneMatch(block -> block.phase() == phase)) {
            refuse(1, "no block is of phase " + phase);
        }
    }

    private void requireOneAudit() {
        var audits = orders(Order::audits).toArray();
        var inCheck = inCheck(Order::audits).count();
        if (audits.length != 1 || inCheck != 1) {
            refuse(
                    audits.length > 0 ? audits[audits.length - 1] : 1,
                    "./gateway audit stands %d times in it: give it once, in a check block"
                            .formatted(audits.length));
        }
    }

    private void requireLooksWhilePaymentsFlow() {
        inCheck(Order::looksOn)
                .forEach(line -> refuse(line, "nobody pays any more: audit without --running"));
        orders(order -> order.looksOn() && order.beside())
                .forEach(line -> refuse(line, "audit --running ends by itself: no &"));
    }

    private IntStream inCheck(Predicate<Order> which) {
        return blocks.stream()
                .filter(block -> block.phase() == Phase.CHECK)
                .flatMap(block -> block.orders().stream())
                .filter(which)
                .mapToInt(Order::line);
    }

    private IntStream orders(Predicate<Order> which) {
        return blocks.stream()
                .flatMap(block -> block.orders().stream())
                .filter(which)
                .mapToInt(Order::line);
    }

    private void refuse(int line, String what) {
        problems.add(new BadPage.Problem(line, what));
    }
}
