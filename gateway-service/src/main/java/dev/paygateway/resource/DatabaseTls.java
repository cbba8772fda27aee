package dev.paygateway.resource;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.plugin.tls.main.DefaultTlsSocketPlugin;
import org.springframework.boot.ssl.SslBundle;

/**
 * Mutual TLS for the driver out of a bundle in memory: no key store on disk, and a connection that
 * is opened after a reload shows the new certificate. The driver itself makes this object (it is
 * registered under {@code META-INF/services}), so the bundle is found by a name in the options.
 */
public final class DatabaseTls extends DefaultTlsSocketPlugin {
    private static final String TYPE = "gateway-bundle";
    private static final String BUNDLE_OPTION = "gatewayBundle";
    private static final Map<String, ClientManagers> BUNDLES = new ConcurrentHashMap<>();

    /** Options that make the driver use {@code bundle}, until {@link #forget}. */
    static Map<String, String> options(String name, Supplier<SslBundle> bundle) {
        BUNDLES.put(name, new ClientManagers(bundle));
        return Map.of("sslMode", "verify-full", "tlsSocketType", TYPE, BUNDLE_OPTION, name);
    }

    static void forget(String name) {
        BUNDLES.remove(name);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public TrustManager[] getTrustManager(
            Configuration options, ExceptionFactory failures, HostAddress host)
            throws SQLException {
        return managers(options).trusted();
    }

    @Override
    public KeyManager[] getKeyManager(Configuration options, ExceptionFactory failures)
            throws SQLException {
        return managers(options).keys();
    }

    private static ClientManagers managers(Configuration options) throws SQLException {
        var name = options.nonMappedOptions().getProperty(BUNDLE_OPTION, "");
        var managers = BUNDLES.get(name);
        if (managers == null) {
            throw new SQLException("no TLS bundle is registered as \"" + name + '"', "08000");
        }
        return managers;
    }
}
