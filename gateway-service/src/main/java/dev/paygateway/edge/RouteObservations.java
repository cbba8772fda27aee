package dev.paygateway.edge;

import io.micrometer.common.KeyValues;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * Names observed requests by their route ({@code uri}), never by their address ({@code http.url}):
 * merchants write references and keys into addresses, and traces leave the gateway.
 */
final class RouteObservations extends DefaultServerRequestObservationConvention {
    @Override
    public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext context) {
        return KeyValues.empty();
    }
}
