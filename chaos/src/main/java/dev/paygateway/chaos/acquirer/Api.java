package dev.paygateway.chaos.acquirer;

import dev.paygateway.chaos.acquirer.Answer.Outcome;
import dev.paygateway.chaos.acquirer.Answer.Status;
import dev.paygateway.chaos.acquirer.SandboxCard.Fault;
import dev.paygateway.chaos.acquirer.http.Delivery;
import dev.paygateway.chaos.acquirer.http.Handler;
import dev.paygateway.chaos.acquirer.http.HttpAnswer;
import dev.paygateway.chaos.acquirer.http.HttpRefusal;
import dev.paygateway.chaos.acquirer.http.HttpRequest;
import java.io.IOException;
import java.time.Duration;

/**
 * The acquirer's HTTP face: a request becomes a call, its answer is delivered as the card wants.
 */
final class Api implements Handler {
    private static final Duration AUTHORISATION_VALID = Duration.ofDays(7);

    private final Desk desk;
    private final AnswerWriter writer;
    private final Duration window;
    private final Delays delays;
    private final Moods moods;

    Api(Desk desk, AnswerWriter writer, Duration window, Delays delays, Moods moods) {
        this.desk = desk;
        this.writer = writer;
        this.window = window;
        this.delays = delays;
        this.moods = moods;
    }

    /**
     * How long the slow cards take.
     *
     * @param late of card 0507, whose answer does come
     * @param hangMax of cards whose answer never comes, if the caller waits that long
     */
    record Delays(Duration late, Duration hangMax) {
        static Delays standard() {
            return new Delays(Duration.ofSeconds(90), Duration.ofSeconds(120));
        }
    }

    @Override
    public Delivery handle(HttpRequest request) throws HttpRefusal, IOException {
        if (request.path().equals("/v1/capabilities")) {
            CallReader.requireMethod(request, "GET");
            return new Delivery.Plain(writer.capabilities(window, AUTHORISATION_VALID));
        }
        var call = CallReader.read(request);
        if (call instanceof Call.Authorize(var reference, _, _, _, _) && moods.refuses(reference)) {
            return new Delivery.Plain(writer.error(503, "unavailable, nothing was done"));
        }
        var answer = desk.perform(call);
        var told = writer.write(call, answer);
        return call instanceof Call.Authorize authorize && strikes(answer)
                ? faulty(fault(authorize), told)
                : new Delivery.Plain(told);
    }

    private Fault fault(Call.Authorize authorize) throws IOException {
        var ofCard = authorize.card().sandbox().fault();
        return ofCard == Fault.NONE ? moods.fault(authorize.reference()) : ofCard;
    }

    @Override
    public HttpAnswer refusal(HttpRefusal refusal) {
        return writer.error(refusal.status(), refusal.problem());
    }

    /** A fault card strikes where it took effect or was ignored, not where it was refused. */
    private static boolean strikes(Answer answer) {
        return switch (answer) {
            case Outcome outcome -> outcome.status() == Status.APPROVED;
            case Answer.Ignored _ -> true;
            case Answer.Conflict _, Answer.NotFound _, Answer.Full _ -> false;
        };
    }

    private Delivery faulty(Fault fault, HttpAnswer told) {
        return switch (fault) {
            case NONE -> new Delivery.Plain(told);
            case ANSWERED_500 -> new Delivery.Plain(writer.error(500, "card 0500 or 0501"));
            case HANGS, HANGS_AND_HIDES -> new Delivery.Hang(delays.hangMax());
            case RESET -> new Delivery.Reset();
            case LATE -> new Delivery.Late(told, delays.late());
            case TWICE -> new Delivery.Twice(told);
        };
    }
}
