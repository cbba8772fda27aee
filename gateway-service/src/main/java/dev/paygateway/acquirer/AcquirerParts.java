package dev.paygateway.acquirer;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** What is rehearsed here before an instance is ready. */
@Configuration(proxyBeanMethods = false)
@Profile("!migrate")
class AcquirerParts {
    @Bean
    @Qualifier("rehearsal")
    Runnable greeting(Acquirers acquirers) {
        return acquirers::greet;
    }
}
