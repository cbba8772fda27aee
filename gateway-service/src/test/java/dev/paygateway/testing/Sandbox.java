package dev.paygateway.testing;

import dev.paygateway.GatewayApplication;
import dev.paygateway.resource.SettingsCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * MariaDB and OpenBao with its agent, all over TLS, configured from the product's own files. One
 * set a JVM, started on first use and ended with it; secrets live in a folder in memory.
 *
 * <p>Users get a schema of their own making: tables stay until they are dropped.
 */
public final class Sandbox {
    /** The authority's file below {@link #memory}. */
    public static final String CA = "ca.pem";

    static final String SERVER = "server.pem";
    static final String CLIENT = "client.pem";

    private static @Nullable Sandbox shared;

    private final Path memory;
    private final TestVault vault;
    private final TestDatabase database;
    private final String wrappedKey;

    private Sandbox() throws IOException {
        memory = Files.createTempDirectory(Path.of("/dev/shm"), "gateway-sandbox");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> forget(memory)));
        vault = new TestVault(memory);
        Runtime.getRuntime().addShutdownHook(new Thread(vault::close));
        var values = new LinkedHashMap<String, String>();
        values.put("region", "east");
        values.put("vault_address", vault.address());
        values.put("token_ttl", "1h");
        vault.configure(values);
        vault.issue("server", "localhost", SERVER);
        vault.issue("client", "gateway", CLIENT);
        database = new TestDatabase(memory);
        Runtime.getRuntime().addShutdownHook(new Thread(database::close));
        values.put("database_address", database.address());
        values.put("database_admin", TestDatabase.ADMIN);
        values.put("database_admin_password", database.adminPassword());
        values.put("database_ca", Files.readString(memory.resolve(CA)));
        values.put(
                "database_client",
                Files.readString(vault.issue("machinery", "vault", "vault.pem")));
        vault.configureDatabase(values);
        wrappedKey =
                String.valueOf(
                        vault.write("transit/datakey/wrapped/gateway-data", Map.of())
                                .get("ciphertext"));
    }

    /** The set of this JVM. */
    public static synchronized Sandbox shared() {
        var known = shared;
        if (known == null) {
            try {
                known = new Sandbox();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            shared = known;
        }
        return known;
    }

    public TestVault vault() {
        return vault;
    }

    public TestDatabase database() {
        return database;
    }

    /** Holds ca.pem, server.pem and client.pem, as an agent renders them. */
    public Path memory() {
        return memory;
    }

    /** The properties that a deployment gives one instance; ports are free ones. */
    public Map<String, String> properties() {
        var properties = new LinkedHashMap<String, String>();
        properties.put("gateway.region", "east");
        properties.put("gateway.instance", "gateway-1");
        properties.put("gateway.tls.directory", memory.toString());
        properties.put("gateway.vault.address", vault.agent("gateway"));
        properties.put("gateway.database.hosts", database.address());
        properties.put("gateway.database.name", "gateway");
        properties.put("gateway.database.role", "gateway-app");
        properties.put("gateway.fingerprint.wrapped-key", wrappedKey);
        properties.put("server.port", "0");
        properties.put("server.address", "127.0.0.1");
        properties.put("management.server.port", "0");
        properties.put("management.server.address", "127.0.0.1");
        return properties;
    }

    /** The properties of a one-shot migration, with its own agent and role. */
    public Map<String, String> migratorProperties() {
        var properties = properties();
        properties.put("gateway.instance", "migration");
        properties.put("gateway.vault.address", vault.agent("gateway-migrator"));
        properties.put("gateway.database.role", "gateway-migrator");
        return properties;
    }

    /** Brings the schema up to date, as a deployment does before it starts a service. */
    public void migrate() {
        new SpringApplicationBuilder(GatewayApplication.class)
                .initializers(new SettingsCheck())
                .profiles("migrate")
                .properties(new HashMap<>(migratorProperties()))
                .run()
                .close();
    }

    /** Ends all of it, where the JVM will be halted and runs no hook. */
    public void end() {
        database.close();
        vault.close();
        forget(memory);
    }

    /** The repository's root. */
    static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("not inside the repository");
        }
        return folder;
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var tree = Files.walk(folder)) {
            for (var each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    private static void forget(Path folder) {
        try {
            remove(folder);
        } catch (IOException _) {
            // a log that is still written to: the folder is in memory and goes with the machine
        }
    }
}
