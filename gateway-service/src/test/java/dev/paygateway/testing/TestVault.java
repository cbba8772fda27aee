package dev.paygateway.testing;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.vault.VaultException;
import org.springframework.vault.authentication.SimpleSessionManager;
import org.springframework.vault.authentication.TokenAuthentication;
import org.springframework.vault.client.VaultEndpoint;
import org.springframework.vault.core.VaultTemplate;

/**
 * An OpenBao server in memory with the product's configuration, and the agent beside one instance;
 * both speak TLS, the agent to holders of a client certificate alone.
 */
public final class TestVault implements AutoCloseable {
    private static final Duration START_WAIT = Duration.ofSeconds(30);

    private final Path folder;
    private final Path program;
    private final VaultTemplate root;
    private final int port = Sandbox.freePort();
    private final Process server;
    private final Map<String, Agent> agents = new HashMap<>();

    private record Agent(String address, Process process) {}

    TestVault(Path folder) {
        this.folder = folder;
        program = BaoProgram.find();
        var token = UUID.randomUUID().toString();
        server =
                start(
                        "server",
                        "-dev",
                        "-dev-tls",
                        "-dev-tls-cert-dir=" + folder,
                        "-dev-no-store-token",
                        "-dev-root-token-id=" + token,
                        "-dev-listen-address=127.0.0.1:" + port);
        var ca = folder.resolve("vault-ca.pem");
        await().atMost(START_WAIT).until(() -> Files.exists(ca) && Sandbox.listens(port));
        root = template(ca, token);
        authority();
    }

    private VaultTemplate template(Path ca, String token) {
        var http = HttpClient.newBuilder().sslContext(Tls.anonymous(ca)).build();
        return new VaultTemplate(
                VaultEndpoint.from(URI.create("https://127.0.0.1:" + port)),
                new JdkClientHttpRequestFactory(http),
                new SimpleSessionManager(new TokenAuthentication(token)));
    }

    /** A path is written as the root token may. */
    public Map<String, Object> write(String path, Object body) {
        var answer = root.write(path, body);
        var data = answer == null ? null : answer.getData();
        return data == null ? Map.of() : data;
    }

    /** What a path holds, as the root token may read it. */
    public Map<String, Object> read(String path) {
        var answer = root.read(path);
        var data = answer == null ? null : answer.getData();
        return data == null ? Map.of() : data;
    }

    /** Changes for how long a database role lends, from the next loan on. */
    public void lend(String role, int secondsAtOnce, int secondsMax) {
        var changed = new HashMap<>(read("database/roles/" + role));
        changed.put("default_ttl", secondsAtOnce);
        changed.put("max_ttl", secondsMax);
        write("database/roles/" + role, changed);
    }

    /** Whether Vault knows a lease. */
    public boolean holds(String lease) {
        try {
            return !write("sys/leases/lookup", Map.of("lease_id", lease)).isEmpty();
        } catch (VaultException _) {
            return false;
        }
    }

    /** What is lent in a database role at this moment. */
    public List<String> leases(String role) {
        var names = root.list("sys/leases/lookup/database/creds/" + role);
        return names == null ? List.of() : names;
    }

    /** Ends a lease, as an operator would by hand. */
    public void revoke(String lease) {
        write("sys/leases/revoke", Map.of("lease_id", lease, "sync", true));
    }

    /** The accessors of the tokens that an AppRole's agents were given. */
    public List<String> tokens(String appRole) {
        var accessors = root.list("auth/token/accessors");
        return accessors == null
                ? List.of()
                : accessors.stream().filter(each -> isOf(appRole, each)).toList();
    }

    private boolean isOf(String appRole, String accessor) {
        try {
            var token = write("auth/token/lookup-accessor", Map.of("accessor", accessor));
            return String.valueOf(token.get("meta")).contains("role_name=" + appRole + "}");
        } catch (VaultException _) {
            return false; // it has just expired
        }
    }

    /** Ends a token, and all that was lent to it. */
    public void expire(String accessor) {
        write("auth/token/revoke-accessor", Map.of("accessor", accessor));
    }

    /** Answers nothing but 503 until {@link #unseal}. */
    public void seal() {
        write("sys/seal", Map.of());
    }

    /** Ends {@link #seal}. */
    public void unseal() {
        try {
            var log = Files.readString(folder.resolve("server.log"));
            var key = log.lines().filter(line -> line.startsWith("Unseal Key: ")).findFirst();
            write("sys/unseal", Map.of("key", key.orElseThrow().substring(12)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void authority() {
        write("sys/mounts/pki", Map.of("type", "pki"));
        var made =
                write(
                        "pki/root/generate/internal",
                        Map.of("common_name", "sandbox", "key_type", "ec", "ttl", "720h"));
        save(Sandbox.CA, String.valueOf(made.get("certificate")));
    }

    void configure(Map<String, String> values) {
        var files =
                new VaultFiles(Sandbox.root().resolve("terraform/modules/vault/config"), values);
        files.apply(
                "1-mounts",
                (path, body) -> {
                    if (!path.equals("sys/mounts/pki")) {
                        write(path, body);
                    }
                });
        files.apply("2-roles", this::write);
    }

    void configureDatabase(Map<String, String> values) {
        new VaultFiles(Sandbox.root().resolve("terraform/modules/vault/config"), values)
                .apply("3-database", this::write);
    }

    /** Issues a certificate into one file with its key; returns the file. */
    public Path issue(String role, String commonName, String file) {
        return issue(role, commonName, file, Duration.ofHours(24));
    }

    /** As above, good for a time. */
    public Path issue(String role, String commonName, String file, Duration life) {
        var body = new HashMap<String, Object>();
        body.put("common_name", commonName);
        body.put("ttl", life.toSeconds() + "s");
        body.put("private_key_format", "pkcs8");
        if (role.equals("server")) {
            body.put("alt_names", "localhost");
            body.put("ip_sans", "127.0.0.1");
        }
        var issued = write("pki/issue/" + role, body);
        // Apart, too: the database's TLS library stumbles over a key behind a certificate.
        save(file + ".key", String.valueOf(issued.get("private_key")));
        save(file + ".crt", issued.get("certificate") + "\n" + issued.get("issuing_ca") + "\n");
        return save(file, issued);
    }

    /** A certificate that names {@code gateway} too, of an authority that nobody here trusts. */
    public synchronized Path foreignClient() {
        foreignAuthority();
        write("foreign/roles/any", Map.of("allow_any_name", true, "key_type", "ec", "ttl", "1h"));
        var body = Map.of("common_name", "gateway", "private_key_format", "pkcs8");
        return save("foreign-client.pem", write("foreign/issue/any", body));
    }

    /** The certificate of an authority that nobody here trusts. */
    public synchronized Path foreignAuthority() {
        var file = folder.resolve("foreign-ca.pem");
        if (Files.exists(file)) {
            return file;
        }
        write("sys/mounts/foreign", Map.of("type", "pki"));
        var body = Map.of("common_name", "foreign", "key_type", "ec", "ttl", "24h");
        var made = write("foreign/root/generate/internal", body);
        return save(file.getFileName().toString(), String.valueOf(made.get("certificate")));
    }

    private Path save(String file, Map<String, Object> issued) {
        return save(
                file,
                "%s\n%s\n%s\n"
                        .formatted(
                                issued.get("certificate"),
                                issued.get("issuing_ca"),
                                issued.get("private_key")));
    }

    private Path save(String name, String text) {
        var file = folder.resolve(name);
        try {
            var fresh = Files.createTempFile(folder, "fresh", ".new");
            Files.writeString(fresh, text);
            return Files.move(
                    fresh,
                    file,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Where an agent that is logged in with that AppRole listens; started on first use. */
    public synchronized String agent(String appRole) {
        return agents.computeIfAbsent(appRole, this::startAgent).address();
    }

    private Agent startAgent(String appRole) {
        return startAgent(appRole, Sandbox.freePort());
    }

    /** Kills an agent and starts another at its place, which logs in anew. */
    public synchronized void restartAgent(String appRole) {
        var old = agents.get(appRole);
        if (old == null) {
            throw new IllegalStateException("no agent for " + appRole);
        }
        old.process().destroyForcibly().onExit().join();
        agents.put(appRole, startAgent(appRole, URI.create(old.address()).getPort()));
    }

    private Agent startAgent(String appRole, int agentPort) {
        var path = "auth/approle/role/" + appRole;
        var roleId = String.valueOf(read(path + "/role-id").get("role_id"));
        var secretId = String.valueOf(write(path + "/secret-id", Map.of()).get("secret_id"));
        var config =
                agentConfig(
                        agentPort,
                        save(appRole + ".role-id", roleId),
                        save(appRole + ".secret-id", secretId));
        var process = start("agent", "-config=" + save(appRole + ".hcl", config));
        await().atMost(START_WAIT).until(() -> Sandbox.listens(agentPort));
        return new Agent("https://127.0.0.1:" + agentPort, process);
    }

    private String agentConfig(int agentPort, Path roleId, Path secretId) {
        return """
        vault {
          address = "https://127.0.0.1:%d"
          ca_cert = "%s"
        }
        auto_auth {
          method "approle" {
            config = {
              role_id_file_path                   = "%s"
              secret_id_file_path                 = "%s"
              remove_secret_id_file_after_reading = false
            }
          }
        }
        api_proxy {
          use_auto_auth_token = "force"
        }
        listener "tcp" {
          address                            = "127.0.0.1:%d"
          tls_cert_file                      = "%s"
          tls_key_file                       = "%s"
          tls_client_ca_file                 = "%s"
          tls_require_and_verify_client_cert = true
        }
        """
                .formatted(
                        port,
                        folder.resolve("vault-ca.pem"),
                        roleId,
                        secretId,
                        agentPort,
                        folder.resolve(Sandbox.SERVER),
                        folder.resolve(Sandbox.SERVER),
                        folder.resolve(Sandbox.CA));
    }

    String address() {
        return "https://127.0.0.1:" + port;
    }

    /** Vault hangs, as when it is sealed or its machine is lost: calls neither end nor fail. */
    public void freeze() {
        signal("STOP");
    }

    /** Ends {@link #freeze}. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            var pid = Long.toString(server.pid());
            new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Process start(String... arguments) {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        var log = folder.resolve(arguments[0] + ".log").toFile();
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .directory(new File(folder.toString()))
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        agents.values().forEach(agent -> agent.process().destroyForcibly());
        server.destroyForcibly();
    }
}
