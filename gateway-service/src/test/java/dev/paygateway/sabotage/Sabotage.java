package dev.paygateway.sabotage;

import dev.paygateway.payment.Store;
import java.util.function.UnaryOperator;
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

    private static BeanPostProcessor aroundStore(UnaryOperator<Store> mistake) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof Store store ? mistake.apply(store) : bean;
            }
        };
    }
}
