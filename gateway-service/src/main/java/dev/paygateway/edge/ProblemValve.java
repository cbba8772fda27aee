package dev.paygateway.edge;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.tomcat.util.res.StringManager;

/** Tomcat's own error pages, as problems: for requests that never reach a filter. */
final class ProblemValve extends ErrorReportValve {
    private static final String HEADERS_TOO_LARGE =
            StringManager.getManager(Http11InputBuffer.class)
                    .getString("iib.requestheadertoolarge.error");

    private final Envelope envelope;

    ProblemValve(Envelope envelope) {
        this.envelope = envelope;
    }

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0) {
            return;
        }
        if (!response.setErrorReported()) {
            return;
        }
        try {
            Answers.write(response, problem(request, response), envelope.seal(response));
            response.finishResponse();
        } catch (IOException _) {
            // whoever asked has gone
        }
    }

    private static Problem problem(Request request, Response response) {
        var cause = request.getAttribute(jakarta.servlet.RequestDispatcher.ERROR_EXCEPTION);
        var isTooLarge =
                cause instanceof IllegalArgumentException illegal
                        && HEADERS_TOO_LARGE.equals(illegal.getMessage());
        return Problems.of(isTooLarge ? Code.HEADERS_TOO_LARGE.status() : response.getStatus());
    }
}
