package dev.paygateway.chaos.lab;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The two simulated acquirers, programs of this module in processes of their own. */
final class Acquirers {
    static final List<String> NAMES = List.of("amber", "basalt");

    private static final String MAIN = "dev.paygateway.chaos.acquirer.AcquirerMain";

    private final Site site;

    Acquirers(Site site) {
        this.site = site;
    }

    int port(String name) {
        return site.ports().acquirer(NAMES.indexOf(name) + 1);
    }

    Part part(String name, VaultClient vault) {
        var secrets = site.secrets(name);
        vault.issueServer(name, site.ports().address(), LabOptions.CERTIFICATE_LIFE).save(secrets);
        Folders.makeAround(books(name));
        var command =
                List.of(
                        Site.java(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        ownClassPath(),
                        MAIN,
                        "--name=" + name,
                        "--address=" + site.ports().address(),
                        "--port=" + port(name),
                        "--books=" + books(name),
                        "--tls-cert=" + TlsIdentity.certificateIn(secrets),
                        "--tls-key=" + TlsIdentity.keyIn(secrets),
                        "--ca=" + site.ca(),
                        "--seed=" + (NAMES.indexOf(name) + 1));
        return site.part(name, Role.ACQUIRER, port(name), command)
                .readyWhen(
                        URI.create(site.ports().url(port(name)) + "/v1/capabilities"), List.of());
    }

    /** As ACQUIRER_BOOKS of the environment file has them. */
    String allBooks() {
        return NAMES.stream().map(this::books).map(Path::toString).collect(Collectors.joining(","));
    }

    private Path books(String name) {
        return site.run().resolve("books").resolve(name + ".jsonl");
    }

    /** Surefire hides the real class path behind a jar that it deletes. */
    private static String ownClassPath() {
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
