package dev.paygateway.resource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Refuses wrong settings before anything is started with them. */
public final class SettingsCheck
        implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var settings = Binder.get(context.getEnvironment());
        settings.bindOrCreate("gateway.tls", TlsSettings.class);
        settings.bindOrCreate("gateway.vault", VaultSettings.class);
        settings.bindOrCreate("gateway.database", DatabaseSettings.class);
    }
}
