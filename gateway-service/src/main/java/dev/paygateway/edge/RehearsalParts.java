package dev.paygateway.edge;

import dev.paygateway.edge.EdgeConfiguration.Surroundings;
import dev.paygateway.edge.PaymentController.Reading;
import dev.paygateway.payment.Payments;
import dev.paygateway.payment.Store;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is rehearsed here before an instance is ready. */
@Configuration(proxyBeanMethods = false)
class RehearsalParts {
    @Bean
    @Qualifier("rehearsal")
    @SuppressWarnings("MustBeClosedChecker") // the container closes it
    Rehearsal rehearsal(
            Store store,
            Payments payments,
            JsonRendering rendering,
            Reading reading,
            Surroundings surroundings) {
        return new Rehearsal(
                new Rehearsal.Scene(store, payments, rendering), reading, surroundings);
    }
}
