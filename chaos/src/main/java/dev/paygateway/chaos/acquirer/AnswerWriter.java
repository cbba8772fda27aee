package dev.paygateway.chaos.acquirer;

import dev.paygateway.chaos.acquirer.Answer.Outcome;
import dev.paygateway.chaos.acquirer.Answer.Status;
import dev.paygateway.chaos.acquirer.http.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Puts answers into the words of the wire. */
final class AnswerWriter {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int REFERENCE_BYTES = 10;

    private final String acquirer;

    AnswerWriter(String acquirer) {
        this.acquirer = acquirer;
    }

    HttpAnswer write(Call call, Answer answer) {
        return switch (answer) {
            case Outcome outcome -> write(call, outcome);
            case Answer.Conflict(var reference) ->
                    new HttpAnswer(409, bare(reference, "conflict").toString());
            case Answer.NotFound(var reference) ->
                    new HttpAnswer(404, bare(reference, "not_found").toString());
            case Answer.Ignored _ -> error(500, "no effect");
            case Answer.Full _ ->
                    error(503, "the books are full; start this acquirer with a new file");
        };
    }

    HttpAnswer error(int status, String detail) {
        var json = JSON.createObjectNode().put("status", "error").put("detail", detail);
        return new HttpAnswer(status, json.toString());
    }

    HttpAnswer capabilities(Duration window, Duration authorisationValid) {
        var json = JSON.createObjectNode();
        json.put("idempotent_send", true).put("inquiry_by_reference", true);
        json.put("reverse_by_reference", true);
        json.put("visibility_window_s", window.toSeconds());
        json.put("auth_validity_s", authorisationValid.toSeconds());
        json.put("partial_capture", true).put("multi_capture", true).put("adjust", false);
        return new HttpAnswer(200, json.toString());
    }

    /** A business error is told as 422 to the call itself, and as declined to an inquiry. */
    private HttpAnswer write(Call call, Outcome outcome) {
        var refused = outcome.declineCode().filter(DeclineCode::isBusinessError);
        if (refused.isPresent() && !(call instanceof Call.Inquire)) {
            var json = bare(outcome.reference(), "rejected");
            json.put("merchant_account", outcome.account());
            json.put("reason", refused.get().wire()).put("decline_code", refused.get().wire());
            return new HttpAnswer(422, json.toString());
        }
        return new HttpAnswer(200, outcome(outcome).toString());
    }

    private ObjectNode outcome(Outcome outcome) {
        var json = bare(outcome.reference(), outcome.status().wire());
        json.put("merchant_account", outcome.account());
        outcome.amount()
                .ifPresent(a -> json.put("amount", a.value()).put("currency", a.currency()));
        outcome.captured().ifPresent(captured -> json.put("captured", captured));
        json.put("acquirer_reference", acquirerReference(outcome.reference()));
        outcome.declineCode().ifPresent(code -> json.put("decline_code", code.wire()));
        outcome.declineCode()
                .flatMap(DeclineCode::networkCode)
                .ifPresent(code -> json.put("network_code", code));
        if (outcome.status() == Status.APPROVED) {
            outcome.provisional().ifPresent(p -> json.put("provisional_s", p.toSeconds()));
        }
        return json;
    }

    private static ObjectNode bare(String reference, String status) {
        return JSON.createObjectNode().put("reference", reference).put("status", status);
    }

    /** Ours for theirs: computed, so that it need not be kept to be the same in every answer. */
    private String acquirerReference(String reference) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest((acquirer + ":" + reference).getBytes(StandardCharsets.UTF_8));
            var prefix = acquirer.substring(0, Math.min(2, acquirer.length()));
            return prefix.toLowerCase(Locale.ROOT)
                    + "_"
                    + HexFormat.of().formatHex(digest, 0, REFERENCE_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }
}
