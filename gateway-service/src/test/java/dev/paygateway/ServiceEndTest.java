package dev.paygateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.region.Drain;
import dev.paygateway.resource.Holdings;
import dev.paygateway.resource.SettingsCheck;
import dev.paygateway.testing.Sandbox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.TypeFilter;

/**
 * Goal: the service's life is one scope: what was started last is closed first, nothing is closed
 * while work goes on, and nothing is left open.
 *
 * <p>Method: every part of the product over real parts; a witness notes each start and each end.
 */
class ServiceEndTest {
    private static final Sandbox SANDBOX = Sandbox.shared();

    /** The product's own beans. */
    @EnableAutoConfiguration
    @ComponentScan(
            basePackageClasses = GatewayApplication.class,
            excludeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.CUSTOM,
                            classes = NotOfTheService.class))
    @ConfigurationPropertiesScan(basePackageClasses = GatewayApplication.class)
    static class Service {}

    /** Tests, and what would scan without this filter. */
    static final class NotOfTheService implements TypeFilter {
        @Override
        public boolean match(MetadataReader type, MetadataReaderFactory others) throws IOException {
            return type.getResource().getURI().getPath().contains("/test-classes/")
                    || type.getClassMetadata()
                            .getClassName()
                            .startsWith(GatewayApplication.class.getName());
        }
    }

    private static final class Witness implements DestructionAwareBeanPostProcessor {
        private final List<String> started = new ArrayList<>();
        private final List<String> ended = new ArrayList<>();
        private final List<Lifecycle> working = new ArrayList<>();
        private final List<String> endedTooEarly = new ArrayList<>();

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (requiresDestruction(bean)) {
                started.add(name);
            }
            if (isOurs(bean) && bean instanceof Lifecycle lifecycle) {
                working.add(lifecycle);
            }
            return bean;
        }

        @Override
        public boolean requiresDestruction(Object bean) {
            return isOurs(bean) && bean instanceof AutoCloseable;
        }

        private static boolean isOurs(Object bean) {
            return bean.getClass().getName().startsWith(ServiceEndTest.class.getPackageName());
        }

        @Override
        public void postProcessBeforeDestruction(Object bean, String name) {
            ended.add(name);
            if (working.stream().anyMatch(Lifecycle::isRunning)) {
                endedTooEarly.add(name);
            }
        }
    }

    @Test
    void closesItsPartsInReverseOrderOfTheirStart() {
        SANDBOX.migrate();
        var witness = new Witness();
        var service =
                new SpringApplicationBuilder(Service.class)
                        .initializers(
                                new SettingsCheck(),
                                context -> context.getBeanFactory().addBeanPostProcessor(witness))
                        .properties(new HashMap<>(ServiceProcessTest.properties()))
                        .run();
        assertThat(Holdings.ofProcess().lines()).isNotEmpty();
        assertThat(witness.started)
                .contains(
                        "certificates",
                        "logins",
                        "connections",
                        "fingerprintSecret",
                        "holdingsWatch",
                        "moneyRequests");
        assertThat(witness.working).hasSize(2).hasAtLeastOneElementOfType(Drain.class);

        service.close();
        assertThat(witness.ended).isEqualTo(witness.started.reversed());
        assertThat(witness.endedTooEarly).isEmpty();
        assertThat(Holdings.ofProcess().lines()).isEmpty();
    }
}
