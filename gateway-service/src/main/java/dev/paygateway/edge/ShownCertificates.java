package dev.paygateway.edge;

import com.nimbusds.jose.util.Base64URL;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/**
 * Finds the certificate that the merchant itself showed: to us, or to our edge.
 *
 * <p>A forwarded certificate is believed link by link, from our connection backwards: its peer has
 * to be a forwarder, and the newest element is what that peer saw. If that was a forwarder too (the
 * mesh gateway, seen by the sidecar), the element before it counts, and so on to the first that is
 * none. Whatever stands before that one was written by the merchant, and is not looked at.
 */
final class ShownCertificates {
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final String SPIFFE = "spiffe://";
    private static final int URI_NAME = 6;
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern PEM =
            Pattern.compile(
                    "-----BEGIN CERTIFICATE-----(.*)-----END CERTIFICATE-----\\s*", Pattern.DOTALL);

    private final CertificateSource source;
    private final Set<String> identities;
    private final Set<X500Principal> subjects;

    ShownCertificates(EdgeSettings settings) {
        source = settings.clientCertificate();
        identities =
                settings.forwarders().stream()
                        .filter(ShownCertificates::isIdentity)
                        .collect(Collectors.toUnmodifiableSet());
        subjects =
                settings.forwarders().stream()
                        .filter(forwarder -> !isIdentity(forwarder))
                        .map(X500Principal::new)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a forwarder is named by its SPIFFE identity, not by its subject. */
    static boolean isIdentity(String forwarder) {
        return forwarder.startsWith(SPIFFE);
    }

    /** The SHA-256 of the merchant's certificate, base64url; fails with 401. */
    String thumbprint(HttpServletRequest request) {
        var peer = peer(request);
        return switch (source) {
            case TLS -> Tokens.thumbprint(peer);
            case XFCC -> forwarded(request, peer);
        };
    }

    private static X509Certificate peer(HttpServletRequest request) {
        if (request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain
                && chain.length > 0) {
            return chain[0];
        }
        throw Rejection.of(
                Code.CERTIFICATE_MISMATCH, "The connection has no client certificate; send yours.");
    }

    private String forwarded(HttpServletRequest request, X509Certificate peer) {
        if (!isForwarder(peer)) {
            throw Rejection.of(
                    Code.CERTIFICATE_MISMATCH,
                    "This address serves our edge only; call the gateway's public name.");
        }
        var lines = Collections.list(request.getHeaders(ForwardedHeader.NAME));
        var elements = ForwardedHeader.parse(String.join(",", lines));
        for (var element : elements.reversed()) {
            if (!isForwarder(element)) {
                return thumbprint(element);
            }
        }
        throw ForwardedHeader.unreadable(); // a forwarder's own call, on nobody's behalf
    }

    private boolean isForwarder(X509Certificate certificate) {
        return subjects.contains(certificate.getSubjectX500Principal())
                || identities(certificate).stream().anyMatch(identities::contains);
    }

    private boolean isForwarder(ForwardedElement element) {
        return element.all("uri").stream().anyMatch(identities::contains)
                || element.all("subject").stream().anyMatch(this::isSubject);
    }

    private boolean isSubject(String text) {
        try {
            return subjects.contains(new X500Principal(text));
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    private static List<String> identities(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> Integer.valueOf(URI_NAME).equals(name.getFirst()))
                            .map(name -> String.valueOf(name.getLast()))
                            .toList();
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }

    private static String thumbprint(ForwardedElement element) {
        var hash = element.only("hash").orElseThrow(ForwardedHeader::unreadable);
        if (!SHA_256.matcher(hash).matches()) {
            throw ForwardedHeader.unreadable();
        }
        var thumbprint = Base64URL.encode(HexFormat.of().parseHex(hash)).toString();
        for (var certificate : element.all("cert")) {
            if (!Tokens.sha256(der(certificate)).equals(thumbprint)) {
                throw ForwardedHeader.unreadable();
            }
        }
        return thumbprint;
    }

    private static byte[] der(String escaped) {
        try {
            var pem = PEM.matcher(URLDecoder.decode(escaped, StandardCharsets.US_ASCII));
            if (pem.matches()) {
                return Base64.getMimeDecoder().decode(pem.group(1));
            }
        } catch (IllegalArgumentException malformed) {
            throw ForwardedHeader.unreadable();
        }
        throw ForwardedHeader.unreadable();
    }
}
