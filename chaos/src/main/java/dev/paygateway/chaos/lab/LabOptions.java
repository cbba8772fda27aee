package dev.paygateway.chaos.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a lab is to be.
 *
 * @param root the checkout: built jars and Vault's configuration are found below it
 * @param stateFolder where it keeps its state; `.gateway` of the checkout unless told
 * @param portOffset added to every port, so that labs can stand side by side
 * @param instances whether the migration and the gateway instances are started too
 * @param gatewayJvmArgs more arguments for the JVM of each gateway instance
 * @param gatewayClassPath put before the service's own class path (sabotage jars of tests)
 * @param springProfiles active in the gateway instances
 * @param certificateLife of what the agents render; the PKI roles allow a day
 */
public record LabOptions(
        Path root,
        Path stateFolder,
        int portOffset,
        boolean instances,
        List<String> gatewayJvmArgs,
        List<Path> gatewayClassPath,
        List<String> springProfiles,
        Duration certificateLife) {
    static final Duration CERTIFICATE_LIFE = Duration.ofHours(24);

    public LabOptions {
        root = root.toAbsolutePath().normalize();
        stateFolder = stateFolder.toAbsolutePath().normalize();
        gatewayJvmArgs = List.copyOf(gatewayJvmArgs);
        gatewayClassPath = List.copyOf(gatewayClassPath);
        springProfiles = List.copyOf(springProfiles);
    }

    public static LabOptions of(Path root) {
        return new LabOptions(
                root,
                root.resolve(".gateway"),
                0,
                true,
                List.of(),
                List.of(),
                List.of(),
                CERTIFICATE_LIFE);
    }

    public LabOptions withStateFolder(Path folder) {
        return new LabOptions(
                root,
                folder,
                portOffset,
                instances,
                gatewayJvmArgs,
                gatewayClassPath,
                springProfiles,
                certificateLife);
    }

    public LabOptions withPortOffset(int offset) {
        return new LabOptions(
                root,
                stateFolder,
                offset,
                instances,
                gatewayJvmArgs,
                gatewayClassPath,
                springProfiles,
                certificateLife);
    }

    public LabOptions withoutInstances() {
        return new LabOptions(
                root,
                stateFolder,
                portOffset,
                false,
                gatewayJvmArgs,
                gatewayClassPath,
                springProfiles,
                certificateLife);
    }

    /** With more for the gateway instances' JVM, in front of what they run with. */
    public LabOptions withGateway(List<String> jvmArgs, List<Path> classPath) {
        return new LabOptions(
                root,
                stateFolder,
                portOffset,
                instances,
                jvmArgs,
                classPath,
                springProfiles,
                certificateLife);
    }

    public LabOptions withSpringProfiles(List<String> profiles) {
        return new LabOptions(
                root,
                stateFolder,
                portOffset,
                instances,
                gatewayJvmArgs,
                gatewayClassPath,
                profiles,
                certificateLife);
    }

    /** With certificates that are renewed while one looks on. */
    public LabOptions withCertificateLife(Duration life) {
        return new LabOptions(
                root,
                stateFolder,
                portOffset,
                instances,
                gatewayJvmArgs,
                gatewayClassPath,
                springProfiles,
                life);
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
}
