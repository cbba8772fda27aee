package dev.paygateway;

import com.fasterxml.uuid.Generators;
import dev.paygateway.payment.Acquirer;
import dev.paygateway.payment.Gateway;
import dev.paygateway.payment.Ids;
import dev.paygateway.payment.Store;
import dev.paygateway.payment.Time;
import dev.paygateway.region.Region;
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
    Gateway gateway(Store store, Acquirer.Directory acquirers, Time time, Ids ids, Region region) {
        return new Gateway(store, acquirers, time, ids, region.name());
    }
}
