package dev.paygateway.chaos.lab;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a lab stands: its options, its ports and its folders.
 *
 * @param memory the folder in memory that alone holds secrets
 */
record Site(LabOptions options, Ports ports, Path memory) {
    static final String REGION = "east";

    Path run() {
        return options.run();
    }

    /** The secrets of one part. */
    Path secrets(String part) {
        return memory.resolve(part);
    }

    /** The authority that everything in the lab trusts. */
    Path ca() {
        return memory.resolve("ca.pem");
    }

    Path log(String part) {
        return run().resolve("logs").resolve(part + ".log");
    }

    /** A part that was not started yet. */
    Part part(String name, Role role, int port, List<String> command) {
        return new Part(
                name,
                role,
                REGION,
                Optional.empty(),
                Ports.ADDRESS + ":" + port,
                command,
                log(name),
                URI.create(Ports.url(port) + "/"),
                List.of(),
                Optional.empty(),
                false);
    }

    /** The JDK that runs this program runs the Java parts too. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
