package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Call.Answer;
import java.util.Optional;
import java.util.OptionalLong;

/** The version of a payment that one answer showed to a client; 0 if it showed no payment. */
record Sighting(Call call, long version) {
    private static final String NOT_FOUND = "not_found";

    /** What a read showed. */
    static Optional<Sighting> ofRead(Call call) {
        return call.isWrite() ? Optional.empty() : ofLook(call);
    }

    /**
     * What a read showed, or a write of what it began or was refused for. A replayed answer is the
     * old one, by contract, and looks at nothing.
     */
    static Optional<Sighting> ofLook(Call call) {
        if (call.answer().filter(Answer::replayed).isPresent()) {
            return Optional.empty();
        }
        return call.code(NOT_FOUND) ? Optional.of(new Sighting(call, 0)) : shown(call);
    }

    /** What the answer to a write told, also to a refused one: the payment has come that far. */
    static Optional<Sighting> ofAcknowledgement(Call call) {
        return call.isWrite() ? shown(call) : Optional.empty();
    }

    private static Optional<Sighting> shown(Call call) {
        var version = call.answer().map(Answer::version).orElse(OptionalLong.empty());
        return version.isPresent()
                ? Optional.of(new Sighting(call, version.getAsLong()))
                : Optional.empty();
    }

    String run() {
        return call.run();
    }

    Answer answer() {
        return call.answer().orElseThrow();
    }

    /** The call, and which of the gateway's addresses it went to. */
    String where() {
        return "call %d of %s%s"
                .formatted(
                        call.number(),
                        run(),
                        call.asked().target().map(address -> " at " + address).orElse(""));
    }
}
