package dev.paygateway.chaos.acquirer.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads requests off one connection, strictly: what could be read in two ways (bare line feeds,
 * folded or repeated headers, chunked bodies, two lengths) is refused, so that nothing smuggles.
 */
final class RequestReader {
    private static final Pattern REQUEST_LINE =
            Pattern.compile("([A-Z]{3,7}) (/[!-~]*) (HTTP/1\\.[01])");
    private static final Pattern HEADER =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_./-]+");
    private static final Pattern PARAMETER = Pattern.compile("([a-z_]+)=([A-Za-z0-9_-]*)");
    private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final byte DELETE = 0x7f;
    private static final String BLANK_LINE = "\r\n\r\n";

    private final TimedInput in;
    private final Limits limits;

    RequestReader(TimedInput in, Limits limits) {
        this.in = in;
        this.limits = limits;
    }

    /**
     * The next request; empty when the peer closed, or stayed silent too long, between two.
     *
     * @throws HttpRefusal if it is not a request this server reads; the connection is then unusable
     */
    Optional<HttpRequest> next() throws IOException, HttpRefusal {
        if (!arrives()) {
            return Optional.empty();
        }
        in.endWithin(limits.requestMax());
        try {
            return Optional.of(read());
        } catch (SocketTimeoutException _) {
            throw new HttpRefusal(
                    408,
                    "the request did not arrive within " + limits.requestMax().toSeconds() + " s");
        }
    }

    private boolean arrives() throws IOException {
        in.endWithin(limits.idleMax());
        try {
            return in.hasNext();
        } catch (SocketTimeoutException _) {
            return false;
        }
    }

    private HttpRequest read() throws IOException, HttpRefusal {
        var lines = List.of(readHead().split("\r\n", -1));
        var line = REQUEST_LINE.matcher(lines.getFirst());
        if (!line.matches()) {
            throw new HttpRefusal(400, "request line: expected METHOD /path HTTP/1.1");
        }
        if (!line.group(3).equals("HTTP/1.1")) {
            throw new HttpRefusal(505, "speak HTTP/1.1");
        }
        var headers = headers(lines.subList(1, lines.size()));
        var target = line.group(2).split("\\?", 2);
        if (!PATH.matcher(target[0]).matches()) {
            throw new HttpRefusal(400, "path: only letters, digits and _ . / - are read here");
        }
        var query = target.length == 2 ? query(target[1]) : Map.<String, String>of();
        return new HttpRequest(line.group(1), target[0], query, headers, body(headers));
    }

    private String readHead() throws IOException, HttpRefusal {
        var head = new ByteArrayOutputStream(512);
        int matched = 0;
        byte before = 0;
        while (matched < BLANK_LINE.length()) {
            byte octet = in.read();
            requireLegal(before, octet);
            head.write(octet);
            if (head.size() > limits.headBytesMax()) {
                throw new HttpRefusal(431, "head: at most " + limits.headBytesMax() + " bytes");
            }
            boolean fits = octet == BLANK_LINE.charAt(matched);
            matched = fits ? matched + 1 : octet == '\r' ? 1 : 0;
            before = octet;
        }
        var text = head.toString(StandardCharsets.US_ASCII);
        return text.substring(0, text.length() - BLANK_LINE.length());
    }

    private static void requireLegal(byte before, byte octet) throws HttpRefusal {
        boolean isControl = octet < ' ' && octet != '\r' && octet != '\n' && octet != '\t';
        if (isControl || octet == DELETE) {
            throw new HttpRefusal(400, "head: only printable ASCII is read here");
        }
        if ((before == '\r') != (octet == '\n')) {
            throw new HttpRefusal(400, "head: lines end in CR LF, and neither stands alone");
        }
    }

    private Map<String, String> headers(List<String> lines) throws HttpRefusal {
        if (lines.size() > limits.headersMax()) {
            throw new HttpRefusal(431, "head: at most " + limits.headersMax() + " header lines");
        }
        var headers = new HashMap<String, String>();
        for (var line : lines) {
            var header = HEADER.matcher(line);
            if (!header.matches()) {
                throw new HttpRefusal(
                        400, "head: a header line is not 'name: value' ended by CR LF");
            }
            var name = header.group(1).toLowerCase(Locale.ROOT);
            if (headers.put(name, header.group(2)) != null) {
                throw new HttpRefusal(400, "head: " + name + " is given twice");
            }
        }
        if (!headers.containsKey("host")) {
            throw new HttpRefusal(400, "head: Host is missing");
        }
        return headers;
    }

    private static Map<String, String> query(String text) throws HttpRefusal {
        var query = new HashMap<String, String>();
        for (var pair : text.split("&", -1)) {
            var parameter = PARAMETER.matcher(pair);
            if (!parameter.matches() || query.put(parameter.group(1), parameter.group(2)) != null) {
                throw new HttpRefusal(
                        400, "query: expected name=value, each name once, no escapes");
            }
        }
        return query;
    }

    private String body(Map<String, String> headers) throws IOException, HttpRefusal {
        if (headers.containsKey("transfer-encoding")) {
            throw new HttpRefusal(411, "Transfer-Encoding is not read here: send Content-Length");
        }
        if (headers.containsKey("expect")) {
            throw new HttpRefusal(417, "Expect is not served here: send the body at once");
        }
        var length = headers.getOrDefault("content-length", "0");
        if (!LENGTH.matcher(length).matches()) {
            throw new HttpRefusal(400, "head: Content-Length is not a whole number");
        }
        int bytes = Integer.parseInt(length);
        if (bytes > limits.bodyBytesMax()) {
            throw new HttpRefusal(413, "body: at most " + limits.bodyBytesMax() + " bytes");
        }
        return text(in.readExactly(bytes));
    }

    private static String text(byte[] body) throws HttpRefusal {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException _) {
            throw new HttpRefusal(400, "body: not UTF-8");
        }
    }
}
