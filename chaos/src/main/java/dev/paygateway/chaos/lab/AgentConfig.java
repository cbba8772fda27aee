package dev.paygateway.chaos.lab;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the agents' configurations are made of, and what an agent must have before it can start. */
final class AgentConfig {
    /** Of its user's folder: who is trusted, rendered by the agent like all else there. */
    static final String AUTHORITY = "ca.pem";

    /** Of a folder: certificate and key in one file, so that both are always of one generation. */
    static final String SERVER = "server.pem";

    static final String CLIENT = "client.pem";

    private AgentConfig() {}

    /**
     * Its AppRole login, and the certificate that it shows to Vault. It reads that one at its start
     * alone: no signal makes it read it again.
     */
    static Path prepare(Site site, String name, String role, VaultClient vault) {
        var secrets = Folders.make(site.secrets(name));
        vault.issue("machinery", "agent", Map.of()).save(secrets.resolve("client"));
        var path = "auth/approle/role/" + role;
        var roleId = vault.read(path + "/role-id").path("data").path("role_id").asString();
        Folders.write(secrets.resolve("role-id"), roleId);
        var secretId = vault.write(path + "/secret-id", Map.of()).path("data").path("secret_id");
        Folders.write(secrets.resolve("secret-id"), secretId.asString());
        return secrets;
    }

    /**
     * An agent whose token ended while Vault was away would wait for up to five minutes before it
     * logs in again; the service needs Vault back within the life of its lease.
     */
    static String login(Site site, Path secrets) {
        return """
        vault {
          address     = "%s"
          ca_cert     = "%s"
          client_cert = "%s"
          client_key  = "%s"
        }
        auto_auth {
          method "approle" {
            min_backoff = "1s"
            max_backoff = "5s"
            config = {
              role_id_file_path                   = "%s"
              secret_id_file_path                 = "%s"
              remove_secret_id_file_after_reading = false
            }
          }
        }
        """
                .formatted(
                        new VaultServer(site).address(),
                        site.ca(),
                        TlsIdentity.certificateIn(secrets.resolve("client")),
                        TlsIdentity.keyIn(secrets.resolve("client")),
                        secrets.resolve("role-id"),
                        secrets.resolve("secret-id"));
    }

    /** No `cache`: it would hand every caller the same database user. */
    static String listener(Site site, int port, Path identity) {
        return """
        api_proxy {
          use_auto_auth_token = "force"
        }
        listener "tcp" {
          address                            = "%1$s:%2$d"
          tls_cert_file                      = "%3$s"
          tls_key_file                       = "%3$s"
          tls_client_ca_file                 = "%4$s"
          tls_require_and_verify_client_cert = true
          tls_min_version                    = "tls12"
        }
        """
                .formatted(site.ports().address(), port, identity, site.ca());
    }

    /** A file that is rendered again before what stands in it ends. */
    static String template(Path file, String contents) {
        return template(file, contents, "");
    }

    /** One that a command of the shell follows each time when the file has become another. */
    static String templateThen(Path file, String contents, String command) {
        var exec =
                """
                  exec {
                    command = ["sh", "-c", "%s"]
                    timeout = "15s"
                  }
                """
                        .formatted(command);
        return template(file, contents, exec);
    }

    private static String template(Path file, String contents, String more) {
        return """
        template {
          destination          = "%s"
          perms                = "0600"
          error_on_missing_key = true
          contents             = <<EOT
        %s
        EOT
        %s}
        """
                .formatted(file, contents, more);
    }

    static String authority() {
        return "{{ with secret \"pki/cert/ca\" }}{{ .Data.certificate }}{{ end }}";
    }

    /** For a server of that place, with the names that its clients may call it by. */
    static String server(Site site, String commonName, String... names) {
        return certificate(site, "server", commonName, here(site, names));
    }

    /** For an edge, which serves merchants and calls the instances. */
    static String edge(Site site) {
        return certificate(site, Edge.NAME, Edge.NAME, here(site, Dns.NAME));
    }

    static String database(Site site) {
        return certificate(site, "database", Database.NAME, here(site));
    }

    static String client(Site site, String commonName) {
        return certificate(site, "client", commonName, "");
    }

    /** For a node of the database's cluster: both ends of what the members say to each other. */
    static String member(Site site) {
        return issued(site, "members/issue/node", "node", "");
    }

    /** Whom the members trust; where a region has an intermediate, up to the root. */
    static String members() {
        return "{{ with secret \"members/cert/ca_chain\" }}{{ .Data.ca_chain }}{{ end }}";
    }

    private static String here(Site site, String... names) {
        return " \"ip_sans=%s\" \"alt_names=%s\""
                .formatted(
                        site.ports().address(),
                        Stream.concat(Stream.of("localhost"), Stream.of(names))
                                .collect(Collectors.joining(",")));
    }

    private static String certificate(Site site, String role, String commonName, String more) {
        return issued(site, "pki/issue/" + role, commonName, more);
    }

    private static String issued(Site site, String path, String commonName, String more) {
        var life = site.options().certificateLife();
        return "{{ with pkiCert \"%s\" \"common_name=%s\" \"ttl=%ds\""
                        .formatted(path, commonName, life.toSeconds())
                + " \"private_key_format=pkcs8\""
                + more
                + " }}{{ .Cert }}{{ .CA }}{{ .Key }}{{ end }}";
    }
}
