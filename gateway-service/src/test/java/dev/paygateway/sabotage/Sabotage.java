package dev.paygateway.sabotage;

import dev.paygateway.payment.Acquirer;
import dev.paygateway.payment.Gateway;
import dev.paygateway.payment.Ids;
import dev.paygateway.payment.Store;
import dev.paygateway.payment.Time;
import dev.paygateway.region.Region;
import dev.paygateway.resource.Connections;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.UnaryOperator;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.web.filter.AbstractRequestLoggingFilter;

/** Puts one mistake around a part of the real service. */
@Configuration(proxyBeanMethods = false)
class Sabotage {
    private static final String CONNECTIONS = "connections";

    /** Every request is a new one, whatever its key says. */
    @Bean
    @Profile("sabotage-idempotency-off")
    static BeanPostProcessor idempotencyOff() {
        return aroundStore(KeylessStore::new);
    }

    /** A second commit whose fate is not known is answered as a failure. */
    @Bean
    @Profile("sabotage-lost-commit-failed")
    static BeanPostProcessor lostCommitMeansFailed() {
        return aroundStore(HastyStore::new);
    }

    /** The same, and the order is tried again under a new id. */
    @Bean
    @Profile("sabotage-lost-commit-again")
    static BeanPostProcessor lostCommitMeansAgain(
            ObjectProvider<Store> store,
            ObjectProvider<Acquirer.Directory> acquirers,
            ObjectProvider<Time> time,
            ObjectProvider<Ids> ids,
            ObjectProvider<Region> region) {
        return around(
                Gateway.class,
                _ -> {
                    var second = new SecondTry(store.getObject(), acquirers.getObject());
                    var here = region.getObject().name();
                    return new Gateway(second, second, time.getObject(), ids.getObject(), here);
                });
    }

    /** The first commit waits for the second: the acquirer is asked inside one transaction. */
    @Bean
    @Profile("sabotage-acquirer-inside")
    static BeanPostProcessor acquirerInsideTransaction() {
        return aroundStore(OneTransactionStore::new);
    }

    /** Now and then a connection is taken and never given back. */
    @Bean
    @Profile("sabotage-leaked-connection")
    static BeanPostProcessor leakedConnection(ObjectProvider<Connections> connections) {
        return aroundStore(store -> new LeakyStore(store, connections.getObject()));
    }

    /** A payment is read, changed and written back, whoever wrote it meanwhile. */
    @Bean
    @Primary
    @Profile("sabotage-version-unguarded")
    Connections versionUnguarded(@Qualifier(CONNECTIONS) Connections real) {
        return new Reworded(
                real,
                sql ->
                        sql.replace(
                                "id = ? AND version = ? AND status = ?",
                                "id = ? AND 0 < ? AND '' <> ?"));
    }

    /** A refund is begun by a lock on the payment's row and an insert of its own. */
    @Bean
    @Primary
    @Profile("sabotage-parent-locked")
    Connections parentLocked(@Qualifier(CONNECTIONS) Connections real) {
        return new Reworded(real, new LockedParent());
    }

    /** No read waits for what was committed before it in the other region. */
    @Bean
    @Primary
    @Profile("sabotage-sync-wait-off")
    Connections syncWaitOff(@Qualifier(CONNECTIONS) Connections real) {
        return new Reworded(
                real, sql -> sql.replaceAll("wsrep_sync_wait = \\d", "wsrep_sync_wait = 0"));
    }

    /** Requests are logged with their bodies. */
    @Bean
    @Profile("sabotage-card-logged")
    AbstractRequestLoggingFilter cardLogged() {
        var log = LoggerFactory.getLogger(Sabotage.class);
        var filter =
                new AbstractRequestLoggingFilter() {
                    @Override
                    protected void beforeRequest(HttpServletRequest request, String message) {}

                    @Override
                    protected void afterRequest(HttpServletRequest request, String message) {
                        log.info("{}", message);
                    }
                };
        filter.setIncludePayload(true);
        filter.setMaxPayloadLength(Short.MAX_VALUE);
        return filter;
    }

    private static BeanPostProcessor aroundStore(UnaryOperator<Store> mistake) {
        return around(Store.class, mistake);
    }

    private static <T> BeanPostProcessor around(Class<T> type, UnaryOperator<T> mistake) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return type.isInstance(bean) ? mistake.apply(type.cast(bean)) : bean;
            }
        };
    }
}
