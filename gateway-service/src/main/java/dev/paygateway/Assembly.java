package dev.paygateway;

import com.fasterxml.uuid.Generators;
import dev.paygateway.edge.Draining;
import dev.paygateway.edge.Fenced;
import dev.paygateway.edge.TokenKeys;
import dev.paygateway.idempotency.FingerprintKey;
import dev.paygateway.payment.Acquirer;
import dev.paygateway.payment.Gateway;
import dev.paygateway.payment.Ids;
import dev.paygateway.payment.Store;
import dev.paygateway.payment.Time;
import dev.paygateway.region.Drain;
import dev.paygateway.region.Fence;
import dev.paygateway.region.Region;
import dev.paygateway.resource.Holdings;
import dev.paygateway.resource.IdentityKeys;
import dev.paygateway.resource.SecretBytes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the modules where one may not know the other. */
@Configuration(proxyBeanMethods = false)
class Assembly {
    @Bean
    Time time() {
        return new SystemTime();
    }

    @Bean
    Ids ids(Region region) {
        return new Ids(region.letter(), Generators.timeBasedEpochGenerator()::generate);
    }

    @Bean
    FingerprintKey fingerprintKey(SecretBytes secret) {
        return secret::copy;
    }

    /** Until it is warm an instance takes no money requests, wherever they come from. */
    @Bean
    Draining draining(Drain drain, ApplicationAvailability availability) {
        return () ->
                drain.isDraining()
                        || availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC;
    }

    @Bean
    @Qualifier(WarmUp.REHEARSAL)
    Runnable doorstep(
            SslBundles bundles, ServerProperties server, WebServerApplicationContext web) {
        return new Doorstep(bundles, () -> ownDoor(server, web));
    }

    private static InetSocketAddress ownDoor(
            ServerProperties server, WebServerApplicationContext web) {
        var own = server.getAddress();
        var isAny = own == null || own.isAnyLocalAddress();
        var started = Objects.requireNonNull(web.getWebServer());
        return new InetSocketAddress(
                isAny ? InetAddress.getLoopbackAddress() : own, started.getPort());
    }

    @Bean
    WarmUp warmUp(
            @Qualifier(WarmUp.REHEARSAL) Map<String, Runnable> rehearsals,
            WarmUpSettings settings) {
        return new WarmUp(rehearsals, settings);
    }

    @Bean
    Fenced fenced(Fence fence) {
        return fence::isClosed;
    }

    @Bean
    TokenKeys tokenKeys(IdentityKeys keys) {
        return new TokenKeys() {
            @Override
            public String current() {
                return keys.current();
            }

            @Override
            public void refresh() {
                keys.refresh();
            }
        };
    }

    @Bean
    Gateway gateway(Store store, Acquirer.Directory acquirers, Time time, Ids ids, Region region) {
        var guarded = new EmptyHanded(acquirers, Holdings.ofProcess());
        return new Gateway(store, guarded, time, ids, region.name());
    }
}
