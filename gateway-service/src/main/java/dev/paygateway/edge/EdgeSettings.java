package dev.paygateway.edge;

import java.time.Duration;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the edge meets its callers.
 *
 * @param waitUsual how long a money request waits for its final state unless it asks otherwise
 * @param waitMax the longest wait that {@code Prefer: wait} gets
 * @param inFlightMax money requests under way at once, their work behind the answer included
 * @param readsMax reads of one payment at once; with {@code listsMax} far fewer than the database's
 *     sessions ({@code gateway.database.pool-size-max}), the rest of which are left to payments
 * @param listsMax lists at once
 * @param bodyMax the largest body
 * @param bodyWait within this a body has to arrive
 * @param headersMax request line and headers together
 * @param clientCertificate where the merchant's certificate is found
 * @param forwarders whose word on it is taken under {@code xfcc}: subjects as {@code CN=edge}, or
 *     SPIFFE identities
 */
@ConfigurationProperties("gateway.edge")
record EdgeSettings(
        @DefaultValue("1800ms") Duration waitUsual,
        @DefaultValue("8s") Duration waitMax,
        @DefaultValue("512") int inFlightMax,
        @DefaultValue("8") int readsMax,
        @DefaultValue("4") int listsMax,
        @DefaultValue("64KB") DataSize bodyMax,
        @DefaultValue("5s") Duration bodyWait,
        @DefaultValue("16KB") DataSize headersMax,
        @DefaultValue("tls") CertificateSource clientCertificate,
        @DefaultValue List<String> forwarders) {

    private static final Duration WAIT_LIMIT = Duration.ofSeconds(8);
    private static final DataSize BODY_LIMIT = DataSize.ofKilobytes(64);

    EdgeSettings {
        require(isPositive(waitUsual), "wait-usual", "must be longer than nothing, e.g. 1800ms");
        require(
                waitUsual.compareTo(waitMax) <= 0,
                "wait-usual",
                "must not be longer than wait-max");
        require(waitMax.compareTo(WAIT_LIMIT) <= 0, "wait-max", "must be 8s or less");
        require(inFlightMax > 0, "in-flight-max", "must be 1 or more");
        require(readsMax > 0, "reads-max", "must be 1 or more");
        require(listsMax > 0, "lists-max", "must be 1 or more");
        require(bodyMax.toBytes() > 0, "body-max", "must be 1B or more");
        require(bodyMax.compareTo(BODY_LIMIT) <= 0, "body-max", "must be 64KB or less");
        require(isPositive(bodyWait), "body-wait", "must be longer than nothing, e.g. 5s");
        require(headersMax.toBytes() >= 1_024, "headers-max", "must be 1KB or more");
        forwarders = List.copyOf(forwarders);
        require(
                forwarders.isEmpty() == (clientCertificate == CertificateSource.TLS),
                "forwarders",
                "must name somebody if client-certificate is xfcc, and nobody if it is tls");
        require(
                forwarders.stream().allMatch(EdgeSettings::isPrincipal),
                "forwarders",
                "must each be a subject, e.g. CN=edge, or begin with spiffe://");
    }

    private static boolean isPositive(Duration duration) {
        return duration.isPositive();
    }

    private static boolean isPrincipal(String forwarder) {
        if (ShownCertificates.isIdentity(forwarder)) {
            return true;
        }
        try {
            return !new X500Principal(forwarder).getName().isEmpty();
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    private static void require(boolean isMet, String property, String problem) {
        if (!isMet) {
            throw new IllegalArgumentException("gateway.edge.%s %s".formatted(property, problem));
        }
    }
}
