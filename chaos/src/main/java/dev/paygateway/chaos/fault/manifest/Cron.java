package dev.paygateway.chaos.fault.manifest;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Five fields that say when; only read to refuse what a cluster would refuse. */
final class Cron {
    private static final int[] LEAST = {0, 0, 1, 1, 0};
    private static final int[] MOST = {59, 23, 31, 12, 6};
    private static final Pattern STEP =
            Pattern.compile("(\\*|(\\d{1,2})(?:-(\\d{1,2}))?)(?:/(\\d{1,2}))?");
    private static final Pattern WORD =
            Pattern.compile("@(hourly|daily|midnight|weekly|monthly|yearly|annually|every \\S+)");

    private Cron() {}

    static void require(Fields spec) {
        var text = spec.require("schedule");
        if (!WORD.matcher(text).matches() && !fiveFields(text)) {
            throw spec.refuse("schedule", "expected five fields of cron, e.g. 0 2 1 * *");
        }
    }

    private static boolean fiveFields(String text) {
        var fields = text.split(" +", -1);
        if (fields.length != LEAST.length) {
            return false;
        }
        for (int field = 0; field < fields.length; field++) {
            for (var step : fields[field].split(",", -1)) {
                if (!fits(step, field)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean fits(String step, int field) {
        var found = STEP.matcher(step);
        return found.matches() && within(found.group(2), field) && within(found.group(3), field);
    }

    private static boolean within(@Nullable String number, int field) {
        return number == null
                || (Integer.parseInt(number) >= LEAST[field]
                        && Integer.parseInt(number) <= MOST[field]);
    }
}
