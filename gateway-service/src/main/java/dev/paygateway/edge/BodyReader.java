package dev.paygateway.edge;

import dev.paygateway.payment.Time;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.regex.Pattern;

/** Reads request bodies: JSON only, of bounded size, in bounded time. */
final class BodyReader {
    private static final Pattern JSON =
            Pattern.compile(
                    "application/json\\s*(;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?",
                    Pattern.CASE_INSENSITIVE);
    private static final int PIECE = 8_192;

    private final EdgeSettings settings;
    private final Time time;

    BodyReader(EdgeSettings settings, Time time) {
        this.settings = settings;
        this.time = time;
    }

    /** The whole body; fails with 408, 413 or 415. */
    byte[] read(HttpServletRequest request) {
        var type = request.getContentType();
        if (type == null || !JSON.matcher(type.strip()).matches()) {
            throw Rejection.at(
                    "Content-Type",
                    Code.UNSUPPORTED_MEDIA_TYPE,
                    "The body must be sent as application/json.");
        }
        if (request.getHeader("Content-Encoding") != null) {
            throw Rejection.at(
                    "Content-Encoding",
                    Code.UNSUPPORTED_MEDIA_TYPE,
                    "The body must be sent without a content encoding.");
        }
        if (request.getContentLengthLong() > settings.bodyMax().toBytes()) {
            throw tooLarge();
        }
        try {
            return readAll(request);
        } catch (IOException _) {
            throw timeout();
        }
    }

    private byte[] readAll(HttpServletRequest request) throws IOException {
        var end = time.now().plus(settings.bodyWait());
        var body = new ByteArrayOutputStream();
        var piece = new byte[PIECE];
        var in = request.getInputStream();
        for (var count = in.read(piece); count >= 0; count = in.read(piece)) {
            body.write(piece, 0, count);
            if (body.size() > settings.bodyMax().toBytes()) {
                throw tooLarge();
            }
            if (time.now().isAfter(end)) {
                throw timeout();
            }
        }
        return body.toByteArray();
    }

    private Rejection tooLarge() {
        return Rejection.of(
                Code.TOO_LARGE,
                "The body is larger than %d bytes.".formatted(settings.bodyMax().toBytes()));
    }

    private Rejection timeout() {
        return Rejection.of(
                Code.REQUEST_TIMEOUT,
                "The body did not arrive within %d ms.".formatted(settings.bodyWait().toMillis()));
    }
}
