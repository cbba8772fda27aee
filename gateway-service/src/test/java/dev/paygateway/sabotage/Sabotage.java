package dev.paygateway.sabotage;

import dev.paygateway.payment.Store;
import dev.paygateway.resource.Connections;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Puts one mistake around the real store. */
@Configuration(proxyBeanMethods = false)
class Sabotage {
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

    private static BeanPostProcessor aroundStore(UnaryOperator<Store> mistake) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof Store store ? mistake.apply(store) : bean;
            }
        };
    }
}
