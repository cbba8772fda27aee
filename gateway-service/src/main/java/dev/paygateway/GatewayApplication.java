package dev.paygateway;

import dev.paygateway.resource.Holdings;
import dev.paygateway.resource.SettingsCheck;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Profiles;
import org.springframework.modulith.Modulithic;

/**
 * Starts the service; with the profile {@code migrate} it brings the schema up to date instead,
 * with {@code sweep} it drops left-over database users, and ends with 0, or with 1 and the cause.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Modulithic
public class GatewayApplication {
    private static final String ONE_RUN = "migrate | sweep";

    /** Everything. */
    @Configuration(proxyBeanMethods = false)
    @Profile("!(" + ONE_RUN + ")")
    @ComponentScan(basePackageClasses = GatewayApplication.class)
    @ConfigurationPropertiesScan(basePackageClasses = GatewayApplication.class)
    static class Serving {}

    /** The way to the database, and nothing that serves. */
    @Configuration(proxyBeanMethods = false)
    @Profile(ONE_RUN)
    @ComponentScan("dev.paygateway.resource")
    static class Once {}

    public static void main(String[] arguments) {
        var application = new SpringApplication(GatewayApplication.class);
        application.addInitializers(
                new SettingsCheck(),
                _ ->
                        SpringApplication.getShutdownHandlers()
                                .add(Holdings.ofProcess()::sayWhatIsLeft));
        var context = application.run(arguments);
        if (context.getEnvironment().acceptsProfiles(Profiles.of(ONE_RUN))) {
            System.exit(SpringApplication.exit(context));
        }
    }
}
