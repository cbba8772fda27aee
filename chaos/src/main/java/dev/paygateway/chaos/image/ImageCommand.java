package dev.paygateway.chaos.image;

import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code image}. */
@Command(
        name = "image",
        description = {
            "Builds the service's container image, as an OCI layout and for `docker load`, and its",
            "bill of materials. Trains the AOT cache in a sandbox where these jars have none yet."
        })
public final class ImageCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--base",
            paramLabel = "IMAGE@sha256:...",
            description = "Stand on that image, not on this machine's C library.")
    private Optional<String> base = Optional.empty();

    @Option(
            names = "--without-cache",
            description = "No AOT cache: no training, and the same bytes wherever it is built.")
    private boolean withoutCache;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (base.filter(name -> !name.contains("@sha256:")).isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--base: name it by digest, IMAGE@sha256:...");
        }
        var root = Path.of(System.getProperty("gateway.root", "")).toAbsolutePath().normalize();
        var image = ServiceImage.build(root, base, !withoutCache);
        var folder = ServiceImage.folder(root);
        var digest = image.write(ImageFormat.OCI, folder.resolve("payment-gateway.oci.tar"));
        image.write(ImageFormat.Docker, folder.resolve("payment-gateway.docker.tar"));
        Files.copy(
                image.staged().inventory(),
                folder.resolve("sbom.cdx.json"),
                StandardCopyOption.REPLACE_EXISTING);
        var out = spec.commandLine().getOut();
        out.printf("%s@%s, with its bill of materials, in %s%n", ServiceImage.NAME, digest, folder);
        out.flush();
        return ExitCode.OK;
    }
}
