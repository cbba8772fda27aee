package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.TlsIdentity;
import dev.paygateway.chaos.lab.VaultClient;
import java.util.List;
import java.util.Map;

/**
 * Names of the world outside, which in production others vouch for. The lane's Vault does so by a
 * role of the lane's own.
 */
final class Outside {
    static final String ROLE = "lane-outside";

    private static final List<String> NAMES =
            List.of(
                    "amber",
                    "basalt",
                    "api.amber.example",
                    "api.basalt.example",
                    "api.paygateway.example",
                    "health.paygateway.example");

    private Outside() {}

    /** Lets Vault vouch for them. */
    static void allow(VaultClient vault) {
        vault.write(
                "pki/roles/" + ROLE,
                Map.of(
                        "key_type",
                        "ec",
                        "key_bits",
                        256,
                        "allowed_domains",
                        NAMES,
                        "allow_bare_domains",
                        true,
                        "allow_ip_sans",
                        true,
                        "client_flag",
                        false,
                        "max_ttl",
                        "24h"));
    }

    /** What an acquirer shows, at its address and by its name. */
    static TlsIdentity acquirer(VaultClient vault, String name, String address) {
        var names = Map.of("ip_sans", address, "alt_names", "api." + name + ".example");
        return vault.issue(ROLE, name, names);
    }

    /** What an agent shows to Vault before it has anything from it. */
    static void agent(Kubectl kubectl, VaultClient vault, String namespace, String secret) {
        var agent = vault.issue("machinery", "agent", Map.of());
        kubectl.secret(
                namespace,
                secret,
                Map.of(
                        "ca.crt", agent.ca(),
                        "client.crt", agent.certificate(),
                        "client.key", agent.key()));
    }
}
