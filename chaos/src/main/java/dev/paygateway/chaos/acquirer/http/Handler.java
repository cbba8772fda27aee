package dev.paygateway.chaos.acquirer.http;

import java.io.IOException;

/** Answers requests; called by many threads at once. */
@FunctionalInterface
public interface Handler {

    /**
     * Answers one request.
     *
     * @throws HttpRefusal to answer an error that had no effect; the connection stays usable
     * @throws IOException when the answer must not leave: the connection is closed without one
     */
    Delivery handle(HttpRequest request) throws HttpRefusal, IOException;

    /** The body of a refusal, in the handler's own dialect. */
    default HttpAnswer refusal(HttpRefusal refusal) {
        return new HttpAnswer(refusal.status(), "{}");
    }
}
