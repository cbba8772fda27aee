package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.lab.Part;
import dev.paygateway.chaos.lab.Role;
import dev.paygateway.chaos.lab.Shell.Outcome;
import java.util.Locale;
import java.util.stream.IntStream;

/** Asks parts over HTTP from outside, as the lab's own client. */
final class Https {
    private static final int TRIES = 5;

    private Https() {}

    /** The head of an answer. */
    static String head(Part part, Context context) {
        var outcome = curl(part, context, "--dump-header - --output /dev/null");
        if (!outcome.fine()) {
            throw new FaultFailure(part.name() + " does not answer: curl " + outcome.exit());
        }
        return outcome.output();
    }

    /** The status code; 0 when there is no answer. */
    static int status(Part part, Context context) {
        var outcome = curl(part, context, "--output /dev/null --write-out '%{http_code}'");
        return outcome.fine() ? Integer.parseInt(outcome.output()) : 0;
    }

    /**
     * Milliseconds until the answer, the slowest of some: what is slow by turns is quick between
     * them. That of one without answer is all that was waited.
     */
    static double slowest(Part part, Context context) {
        return IntStream.range(0, TRIES)
                .mapToDouble(_ -> millis(part, context))
                .max()
                .orElseThrow();
    }

    private static double millis(Part part, Context context) {
        var begun = System.nanoTime();
        curl(part, context, "--output /dev/null");
        return (System.nanoTime() - begun) / 1e6;
    }

    static String told(double millis) {
        return String.format(Locale.ROOT, "%.0f ms", millis);
    }

    private static Outcome curl(Part part, Context context, String what) {
        var lab = context.stage().secrets("lab");
        var path = part.role() == Role.VAULT ? "/v1/sys/health" : "/";
        var scheme = part.ready().getScheme().equals("http") ? "http" : "https";
        return Shell.run(
                "bash",
                "-c",
                "curl --silent --insecure --max-time 5 --cert %s/cert.pem --key %s/key.pem %s %s"
                        .formatted(
                                Shell.word(lab.toString()),
                                Shell.word(lab.toString()),
                                what,
                                scheme + "://" + part.address() + path));
    }
}
