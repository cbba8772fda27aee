package dev.paygateway.resource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the agent renders this instance's certificates.
 *
 * @param directory holds ca.pem, server.pem and client.pem (chain and private key in one file)
 */
@ConfigurationProperties(value = "gateway.tls", ignoreUnknownFields = false)
record TlsSettings(@DefaultValue("") String directory) {
    private static final String AUTHORITY = "ca.pem";
    private static final String SERVER = "server.pem";
    private static final String CLIENT = "client.pem";
    private static final List<String> FILES = List.of(AUTHORITY, SERVER, CLIENT);

    TlsSettings {
        new Setting<>("gateway.tls.directory", directory)
                .require(
                        given -> !given.isEmpty() && Files.isDirectory(Path.of(given)),
                        "Set it to the directory that the Vault agent renders "
                                + FILES
                                + " into, on a file system in memory.");
        for (var name : FILES) {
            var file = Path.of(directory, name);
            if (!Files.isReadable(file)) {
                throw new StartRefused(
                        "gateway.tls.directory has no readable file " + file,
                        "Wait until the Vault agent beside this instance has rendered it; its log"
                                + " tells why it has not.");
            }
        }
        for (var name : List.of(SERVER, CLIENT)) {
            requireFit(Path.of(directory, name), Path.of(directory, AUTHORITY));
        }
    }

    private static void requireFit(Path identity, Path authority) {
        try {
            TlsMaterial.read(identity, authority, InstantSource.system().instant());
        } catch (TlsMaterial.Unfit unfit) {
            throw new StartRefused(
                    "gateway.tls.directory: " + unfit.getMessage(),
                    "Let the Vault agent beside this instance render it anew; its log tells why it"
                            + " has not.",
                    unfit);
        }
    }

    Path authority() {
        return Path.of(directory, AUTHORITY);
    }

    Path server() {
        return Path.of(directory, SERVER);
    }

    Path client() {
        return Path.of(directory, CLIENT);
    }
}
