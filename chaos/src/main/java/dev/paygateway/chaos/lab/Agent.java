package dev.paygateway.chaos.lab;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Vault agent beside one user of it: lends its token to calls through its address, and renders
 * that user's certificates into memory.
 *
 * @param name the agent's
 * @param client whose agent it is; its folder in memory gets {@code ca.pem}, {@code server.pem} and
 *     {@code client.pem}, the latter two with their key
 * @param role the AppRole it logs in with
 * @param port where it listens, mutual TLS only
 */
record Agent(String name, String client, String role, int port) {
    private static final List<String> RENDERED = List.of("ca.pem", "server.pem", "client.pem");

    /** Prepares its certificates, its login and its configuration. */
    Part part(Site site, Path bao, VaultClient vault) {
        var secrets = Folders.make(site.secrets(name));
        vault.issueServer("agent").save(secrets.resolve("server"));
        vault.issue("machinery", "agent", Map.of()).save(secrets.resolve("client"));
        var path = "auth/approle/role/" + role;
        var roleId = vault.read(path + "/role-id").path("data").path("role_id").asString();
        Folders.write(secrets.resolve("role-id"), roleId);
        var secretId = vault.write(path + "/secret-id", Map.of()).path("data").path("secret_id");
        Folders.write(secrets.resolve("secret-id"), secretId.asString());

        var target = Folders.make(site.secrets(client));
        var config = Folders.write(site.run().resolve(name + "/agent.hcl"), config(site, target));
        var command = List.of(bao.toString(), "agent", "-config=" + config);
        var health = URI.create(Ports.url(port) + "/v1/sys/health");
        return site.part(name, Role.AGENT, port, command)
                .readyWhen(health, RENDERED.stream().map(target::resolve).toList());
    }

    private String config(Site site, Path target) {
        var secrets = site.secrets(name);
        return Stream.of(
                        vault(site, secrets),
                        listener(site, secrets),
                        template(target, "ca.pem", authority()),
                        template(
                                target,
                                "server.pem",
                                certificate(
                                        "server",
                                        " \"ip_sans=127.0.0.1\" \"alt_names=localhost\"")),
                        template(target, "client.pem", certificate("client", "")))
                .reduce("", String::concat);
    }

    private static String vault(Site site, Path secrets) {
        return """
        vault {
          address     = "%s"
          ca_cert     = "%s"
          client_cert = "%s"
          client_key  = "%s"
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
    private String listener(Site site, Path secrets) {
        return """
        api_proxy {
          use_auto_auth_token = "force"
        }
        listener "tcp" {
          address                            = "%s:%d"
          tls_cert_file                      = "%s"
          tls_key_file                       = "%s"
          tls_client_ca_file                 = "%s"
          tls_require_and_verify_client_cert = true
          tls_min_version                    = "tls12"
        }
        """
                .formatted(
                        Ports.ADDRESS,
                        port,
                        TlsIdentity.certificateIn(secrets.resolve("server")),
                        TlsIdentity.keyIn(secrets.resolve("server")),
                        site.ca());
    }

    private static String template(Path target, String name, String contents) {
        return """
        template {
          destination          = "%s"
          perms                = "0600"
          error_on_missing_key = true
          contents             = <<EOT
        %s
        EOT
        }
        """
                .formatted(target.resolve(name), contents);
    }

    private static String authority() {
        return "{{ with secret \"pki/cert/ca\" }}{{ .Data.certificate }}{{ end }}";
    }

    private static String certificate(String role, String more) {
        return "{{ with pkiCert \"pki/issue/"
                + role
                + "\" \"common_name=gateway\" \"ttl=24h\" \"private_key_format=pkcs8\""
                + more
                + " }}{{ .Cert }}{{ .CA }}{{ .Key }}{{ end }}";
    }
}
