package dev.paygateway.client;

import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** One read, repeated until there is an answer or its time is up. */
final class ReadCall {
    private final Tries.Request request;
    private final Tries tries;

    ReadCall(Tries.Request request, Tries tries) {
        this.request = request;
        this.tries = tries;
    }

    /**
     * Runs it.
     *
     * @param form reads the answer's body; empty if it is not as promised
     */
    <T> ReadResult<T> run(Function<JsonNode, Optional<T>> form) {
        while (true) {
            var exchange = tries.send(request);
            var end = end(exchange, form);
            if (end.isPresent()) {
                return end.get();
            }
            var problem =
                    exchange instanceof Exchange.Answered answer
                            ? Answers.problem(answer)
                            : Optional.<Problem>empty();
            if (!tries.pauseBeforeNext(problem.flatMap(Problem::retryAfter), true, true)) {
                return new ReadResult.Unreachable<>(
                        "%s, after %d tries".formatted(error(exchange), tries.made()));
            }
        }
    }

    private static <T> Optional<ReadResult<T>> end(
            Exchange exchange, Function<JsonNode, Optional<T>> form) {
        if (!(exchange instanceof Exchange.Answered answer)) {
            return Optional.empty();
        }
        if (answer.status() == 200) {
            return Answers.object(answer).flatMap(form).map(ReadResult.Found::new);
        }
        return answer.status() / 100 == 4
                ? Answers.problem(answer).flatMap(ReadCall::refusal)
                : Optional.empty();
    }

    private static <T> Optional<ReadResult<T>> refusal(Problem problem) {
        if (problem.retry() == Retry.SAME_KEY && !problem.definite()) {
            return Optional.empty();
        }
        return Optional.of(
                problem.status() == 404
                        ? new ReadResult.Missing<>(problem)
                        : new ReadResult.Refused<>(problem));
    }

    private static String error(Exchange exchange) {
        return switch (exchange) {
            case Exchange.Silent(_, var error, _) -> error;
            case Exchange.Answered answer -> "answer %d".formatted(answer.status());
        };
    }
}
