package dev.paygateway.chaos.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * How a lab is to be.
 *
 * @param root the checkout: built jars and Vault's configuration are found below it
 * @param stateFolder where it keeps its state; `.gateway` of the checkout unless told
 * @param regions 1: all on the loopback address; 2: East, North and a witness, each in a network
 *     namespace of its own
 * @param portOffset added to every port of one region, and what tells the networks of two apart: so
 *     labs can stand side by side
 * @param instances whether the migration and the gateway instances are started too
 * @param gatewayJvmArgs more arguments for the JVM of each gateway instance
 * @param gatewayClassPath put before the service's own class path (sabotage jars of tests)
 * @param springProfiles active in the gateway instances
 * @param certificateLife of what the agents render; the PKI roles allow a day
 */
public record LabOptions(
        Path root,
        Path stateFolder,
        int regions,
        int portOffset,
        boolean instances,
        List<String> gatewayJvmArgs,
        List<Path> gatewayClassPath,
        List<String> springProfiles,
        Duration certificateLife) {
    static final Duration CERTIFICATE_LIFE = Duration.ofHours(24);

    public LabOptions {
        if (regions < 1 || regions > 2) {
            throw LabFailure.usage("--regions " + regions + " cannot be; give 1 or 2");
        }
        root = root.toAbsolutePath().normalize();
        stateFolder = stateFolder.toAbsolutePath().normalize();
        gatewayJvmArgs = List.copyOf(gatewayJvmArgs);
        gatewayClassPath = List.copyOf(gatewayClassPath);
        springProfiles = List.copyOf(springProfiles);
    }

    public static LabOptions of(Path root) {
        return new Draft(root).options();
    }

    public LabOptions withStateFolder(Path folder) {
        return with(draft -> draft.stateFolder = folder);
    }

    public LabOptions withRegions(int count) {
        return with(draft -> draft.regions = count);
    }

    public LabOptions withPortOffset(int offset) {
        return with(draft -> draft.portOffset = offset);
    }

    public LabOptions withoutInstances() {
        return with(draft -> draft.instances = false);
    }

    /** With more for the gateway instances' JVM, in front of what they run with. */
    public LabOptions withGateway(List<String> jvmArgs, List<Path> classPath) {
        return with(draft -> {
            draft.gatewayJvmArgs = jvmArgs;
            draft.gatewayClassPath = classPath;
        });
    }

    public LabOptions withSpringProfiles(List<String> profiles) {
        return with(draft -> draft.springProfiles = profiles);
    }

    /** With certificates that are renewed while one looks on. */
    public LabOptions withCertificateLife(Duration life) {
        return with(draft -> draft.certificateLife = life);
    }

    /** What is installed once and shared by all labs of the checkout. */
    Path tools() {
        return root.resolve(".gateway/tools");
    }

    Path run() {
        return stateFolder.resolve("run");
    }

    Path vaultConfig() {
        return root.resolve("terraform/modules/vault/config");
    }

    private LabOptions with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** Options while they are being changed: names every component once. */
    private static final class Draft {
        private final Path root;
        private Path stateFolder;
        private int regions = 1;
        private int portOffset;
        private boolean instances = true;
        private List<String> gatewayJvmArgs = List.of();
        private List<Path> gatewayClassPath = List.of();
        private List<String> springProfiles = List.of();
        private Duration certificateLife = CERTIFICATE_LIFE;

        Draft(Path root) {
            this.root = root;
            stateFolder = root.resolve(".gateway");
        }

        Draft(LabOptions from) {
            root = from.root;
            stateFolder = from.stateFolder;
            regions = from.regions;
            portOffset = from.portOffset;
            instances = from.instances;
            gatewayJvmArgs = from.gatewayJvmArgs;
            gatewayClassPath = from.gatewayClassPath;
            springProfiles = from.springProfiles;
            certificateLife = from.certificateLife;
        }

        LabOptions options() {
            return new LabOptions(
                    root,
                    stateFolder,
                    regions,
                    portOffset,
                    instances,
                    gatewayJvmArgs,
                    gatewayClassPath,
                    springProfiles,
                    certificateLife);
        }
    }
}
