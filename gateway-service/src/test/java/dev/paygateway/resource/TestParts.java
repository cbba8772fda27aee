package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.resource.Pools.Parts;
import dev.paygateway.testing.Sandbox;
import dev.paygateway.testing.Tls;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.vault.client.VaultEndpoint;
import org.springframework.vault.core.VaultTemplate;

/** The module's parts over the sandbox, without a Spring context. */
record TestParts(Parts parts, VaultLink link, DefaultSslBundleRegistry bundles)
        implements AutoCloseable {
    static final Patience IMPATIENT = new Patience(2, Duration.ofMillis(100));

    /** A right that harms nothing: without any, the schema cannot even be named. */
    static void openSchema(Sandbox sandbox) {
        sandbox.database().execute("GRANT EXECUTE ON gateway.* TO gateway_app");
    }

    /** The table of leases, without anything in it. */
    static void makeLeases(Sandbox sandbox) throws SQLException {
        try (var session = schema(sandbox)) {
            Leases.makeTable(session);
        }
        sandbox.database().execute("DELETE FROM gateway.lease");
    }

    /** Leases in another's hand. */
    static Leases leases(Sandbox sandbox) {
        return new Leases(new Holdings(), () -> schema(sandbox));
    }

    /** A session with all rights. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // handed to the caller, who is told the same
    static Connection schema(Sandbox sandbox) throws SQLException {
        var session = sandbox.database().dba();
        session.setCatalog("gateway");
        return session;
    }

    static TestParts of(Sandbox sandbox, MeterRegistry meters) {
        var own = sandbox.memory().resolve("client.pem");
        return with(sandbox, meters, Tls.mutual(own, sandbox.memory().resolve(Sandbox.CA)));
    }

    /** With so many sessions that nobody waits for one to be opened. */
    static TestParts warm(Sandbox sandbox, MeterRegistry meters, int poolSize) {
        var own = sandbox.memory().resolve("client.pem");
        var client = Tls.mutual(own, sandbox.memory().resolve(Sandbox.CA));
        var host = List.of(sandbox.database().address());
        var settings =
                new DatabaseSettings(
                        host,
                        "gateway",
                        "gateway-app",
                        poolSize,
                        poolSize + 1,
                        Duration.ofSeconds(30));
        return with(sandbox, meters, client, "gateway", settings);
    }

    /** With database servers of the test's own choice, the nearest first. */
    static TestParts on(Sandbox sandbox, MeterRegistry meters, String... hosts) {
        return on("gateway", sandbox, meters, hosts);
    }

    /** The same in another schema. */
    static TestParts on(String schema, Sandbox sandbox, MeterRegistry meters, String... hosts) {
        var own = sandbox.memory().resolve("client.pem");
        var client = Tls.mutual(own, sandbox.memory().resolve(Sandbox.CA));
        return with(sandbox, meters, client, "gateway", settings(schema, "gateway-app", hosts));
    }

    static TestParts with(Sandbox sandbox, MeterRegistry meters, SslBundle client) {
        return with(sandbox, meters, client, "gateway", "gateway-app");
    }

    static TestParts with(
            Sandbox sandbox, MeterRegistry meters, SslBundle client, String agent, String role) {
        return with(
                sandbox,
                meters,
                client,
                agent,
                settings("gateway", role, sandbox.database().address()));
    }

    private static DatabaseSettings settings(String schema, String role, String... hosts) {
        return new DatabaseSettings(List.of(hosts), schema, role, 1, 6, Duration.ofSeconds(30));
    }

    static TestParts with(
            Sandbox sandbox,
            MeterRegistry meters,
            SslBundle client,
            String agent,
            DatabaseSettings settings) {
        var bundles = new DefaultSslBundleRegistry("client", client);
        bundles.registerBundle("edge", client);
        var link = new VaultLink(bundles, "client");
        var endpoint = VaultEndpoint.from(URI.create(sandbox.vault().agent(agent)));
        var parts =
                new Parts(
                        new Vault(new VaultTemplate(endpoint, link)),
                        new Logins(settings, () -> bundles.getBundle("client")),
                        settings,
                        meters,
                        InstantSource.system());
        return new TestParts(parts, link, bundles);
    }

    @MustBeClosed
    Connection look(Credential credential) throws SQLException {
        return parts.logins().look(credential);
    }

    @Override
    public void close() {
        parts.logins().close();
        link.close();
    }
}
