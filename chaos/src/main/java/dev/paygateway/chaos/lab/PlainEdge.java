package dev.paygateway.chaos.lab;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An edge's Envoy configured by hand, for a machine without Go: mutual TLS, the forwarded
 * certificate, the four kinds of route, and failover, as {@code istio/} says them. Tokens are left
 * to the service, and certificates are read once.
 */
final class PlainEdge {
    private static final String HERE = "here";

    private static final String ONCE = "timeout: 9s, retry_policy: {num_retries: 0}";
    private static final String REPEATED =
            """
            timeout: 8.5s, retry_policy: {num_retries: 3, per_try_timeout: 2s, \
            retry_on: "connect-failure,refused-stream,reset,retriable-status-codes", \
            retriable_status_codes: [503], \
            retry_priority: {name: envoy.retry_priorities.previous_priorities, typed_config: \
            {"@type": type.googleapis.com/envoy.extensions.retry.priority.previous_priorities.v3.\
            PreviousPrioritiesConfig, update_frequency: 2}}}\
            """;

    private static final String OWN_REPLIES =
            """
                      local_reply_config:
                        body_format:
                          content_type: application/problem+json
                          json_format: {type: "about:blank", title: No answer, code: no_answer,
                            status: "%RESPONSE_CODE%", money_moved: unknown, retry: same_key}
                      http_filters:
                      - name: router
                        typed_config:
                          "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
            """;

    /** Each kind of request, the first that fits, and what becomes of it. */
    private static final List<Kind> KINDS =
            List.of(
                    new Kind("{name: \":method\", string_match: {exact: GET}}", REPEATED),
                    new Kind(
                            "{name: prefer, string_match:"
                                    + " {safe_regex: {regex: \"(?i).*wait *=.*\"}}}",
                            ONCE),
                    new Kind(
                            "{name: \":method\", string_match: {exact: POST}},"
                                    + " {name: idempotency-key, present_match: true}",
                            REPEATED),
                    new Kind("", ONCE));

    private record Kind(String headers, String action) {}

    private final Site site;

    PlainEdge(Edge edge) {
        this.site = edge.site();
    }

    private static String template() {
        return """
        admin: {address: {socket_address: {address: %1$s, port_value: %3$d}}}
        static_resources:
          listeners:
          - address: {socket_address: {address: %1$s, port_value: %2$d}}
            filter_chains:
            - transport_socket:
                name: tls
                typed_config:
                  "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3\
        .DownstreamTlsContext
                  require_client_certificate: true
                  common_tls_context: %4$s
              filters:
              - name: http
                typed_config:
                  "@type": type.googleapis.com/envoy.extensions.filters.network\
        .http_connection_manager.v3.HttpConnectionManager
                  stat_prefix: edge
                  use_remote_address: true
                  forward_client_cert_details: SANITIZE_SET
                  set_current_client_cert_details: {subject: true, uri: true}
        %5$s\
                  route_config:
                    virtual_hosts:
                    - name: edge
                      domains: ["*"]
                      include_request_attempt_count: true
                      request_headers_to_remove: [x-envoy-retry-on, x-envoy-max-retries]
                      routes:
                      - match: {path: /edge/health}
                        direct_response: {status: 200}
        %6$s\
          clusters:
        %7$s\
        """;
    }

    String config() {
        var ports = site.ports();
        return template()
                .formatted(
                        ports.address(),
                        ports.edge(),
                        ports.edgeAdmin(),
                        certificates(AgentConfig.SERVER, ""),
                        OWN_REPLIES,
                        routes(),
                        Stream.concat(Stream.of(HERE), Wan.REGIONS.stream())
                                .map(this::cluster)
                                .collect(Collectors.joining()));
    }

    private static String routes() {
        var text = new StringBuilder();
        for (var kind : KINDS) {
            for (var region : Wan.REGIONS) {
                var id = "/v1/(payments|refunds)/(pay|ref)_" + region.charAt(0) + ".*";
                text.append(route("safe_regex: {regex: \"" + id + "\"}", kind, region));
            }
            text.append(route("prefix: /", kind, HERE));
        }
        return text.toString();
    }

    private static String route(String path, Kind kind, String cluster) {
        var match = "              - match: {%s, headers: [%s]}\n".formatted(path, kind.headers());
        var route = "                route: {cluster: %s, %s}\n".formatted(cluster, kind.action());
        return match + route;
    }

    private String cluster(String name) {
        var first = name.equals(HERE) ? site.region() : name;
        var endpoints =
                Edges.instances(site).values().stream()
                        .map(place -> endpoint(place, place.region().equals(first) ? 0 : 1))
                        .collect(Collectors.joining(", "));
        return """
          - name: %1$s
            connect_timeout: 1.5s
            lb_policy: LEAST_REQUEST
            circuit_breakers: {thresholds: [{max_connections: 512, max_retries: 32}]}
            common_lb_config: {healthy_panic_threshold: {value: 1}}
            close_connections_on_host_health_failure: true
            typed_extension_protocol_options:
              envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                explicit_http_config: {http2_protocol_options: {}}
            health_checks:
            - {timeout: 1s, interval: 2s, no_traffic_interval: 5s, unhealthy_threshold: 2,
               healthy_threshold: 2, tcp_health_check: {}}
            outlier_detection: {interval: 2s, base_ejection_time: 15s, max_ejection_percent: 100,
              consecutive_gateway_failure: 5, enforcing_consecutive_gateway_failure: 100,
              split_external_local_origin_errors: true, consecutive_local_origin_failure: 3,
              successful_active_health_check_uneject_host: false}
            transport_socket:
              name: tls
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3\
        .UpstreamTlsContext
                sni: gateway
                common_tls_context: %2$s
            load_assignment: {cluster_name: %1$s, endpoints: [%3$s]}
        """
                .formatted(
                        name,
                        certificates(AgentConfig.CLIENT, ", alpn_protocols: [h2]"),
                        endpoints);
    }

    private static String endpoint(Edges.Place place, int priority) {
        return String.format(
                Locale.ROOT,
                "{priority: %d, lb_endpoints: [{endpoint: {address: {socket_address:"
                        + " {address: %s, port_value: %d}}}}]}",
                priority,
                place.address(),
                place.port());
    }

    /** In one line. */
    private String certificates(String identity, String alpn) {
        var secrets = site.secrets(Edge.NAME);
        return ("{tls_certificates: [{certificate_chain: {filename: \"%1$s\"},"
                        + " private_key: {filename: \"%1$s\"}}],"
                        + " validation_context: {trusted_ca: {filename: \"%2$s\"}}%3$s}")
                .formatted(secrets.resolve(identity), secrets.resolve(AgentConfig.AUTHORITY), alpn);
    }
}
