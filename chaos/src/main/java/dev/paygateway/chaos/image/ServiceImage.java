package dev.paygateway.chaos.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import dev.paygateway.chaos.lab.LabFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * The service's image: a base, the Java runtime, the libraries, the service with its bill of
 * materials, and the AOT cache, a layer each. The same files give the same bytes.
 *
 * @param base what the layers stand on, by its digest; empty: one made here, which is no more than
 *     the C library
 * @param cache empty: without one the JVM starts all the same, for more CPU
 */
public record ServiceImage(Staged staged, Optional<String> base, Optional<Path> cache) {
    public static final String NAME = "payment-gateway:0.1.0";

    /** Of nobody else, as in the images of distroless. */
    static final int USER = 65_532;

    /** What was trained with; the place that runs it adds its own. */
    static final List<String> JVM_OPTIONS =
            List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");

    private static final String PROGRAM = "/opt/java/bin/java";
    private static final String CACHE = "/app/gateway.aot";
    private static final String SERVICE = "/app/gateway-service.jar";

    private static final FilePermissions FILE = FilePermissions.fromOctalString("644");
    private static final FilePermissions FOLDER_OR_PROGRAM = FilePermissions.fromOctalString("755");

    /** Where an image is built: below Maven's folder of the service. */
    static Path folder(Path root) {
        return root.resolve("gateway-service/target/image");
    }

    /**
     * Lays out what Maven has built, and trains it unless these bytes were trained before.
     *
     * @param root the checkout
     */
    public static ServiceImage build(Path root, Optional<String> base, boolean trained)
            throws IOException, InterruptedException {
        var target = root.resolve("gateway-service/target");
        var folder = folder(root).resolve("root");
        var staged = Staged.make(folder, target, base.isEmpty());
        var caches = root.resolve(".gateway/aot");
        return new ServiceImage(
                staged,
                base,
                trained ? Optional.of(new Training(root, staged).cache(caches)) : Optional.empty());
    }

    /** Writes it into a tar file. */
    public String write(ImageFormat format, Path tar) throws IOException, InterruptedException {
        try {
            // As new as what is staged: jib knows a file by its time, and all of these have one.
            var work = staged.folder().resolve("jib");
            var to =
                    Containerizer.to(TarImage.at(tar).named(NAME))
                            .setApplicationLayersCache(work)
                            .setBaseImageLayersCache(work)
                            .setOfflineMode(base.isEmpty());
            return container().setFormat(format).containerize(to).getDigest().toString();
        } catch (InvalidImageReferenceException
                | RegistryException
                | CacheDirectoryCreationException
                | ExecutionException failed) {
            throw LabFailure.failed("the image cannot be built: " + failed.getMessage(), failed);
        }
    }

    private JibContainerBuilder container() throws IOException, InvalidImageReferenceException {
        var container = base.isPresent() ? Jib.from(base.get()) : Jib.fromScratch();
        if (base.isEmpty()) {
            container.addFileEntriesLayer(layer("base", staged.base(), "/"));
        }
        container.addFileEntriesLayer(layer("runtime", staged.runtime(), "/opt/java"));
        container.addFileEntriesLayer(layer("libraries", staged.libraries(), "/app/lib"));
        container.addFileEntriesLayer(
                FileEntriesLayer.builder()
                        .setName("service")
                        .addEntry(
                                staged.service(), AbsoluteUnixPath.get(SERVICE), FILE, Staged.TIME)
                        .addEntry(
                                staged.inventory(),
                                AbsoluteUnixPath.get("/app/sbom.cdx.json"),
                                FILE,
                                Staged.TIME)
                        .build());
        cache.ifPresent(file ->
                container.addFileEntriesLayer(
                        FileEntriesLayer.builder()
                                .setName("aot-cache")
                                .addEntry(file, AbsoluteUnixPath.get(CACHE), FILE, Staged.TIME)
                                .build()));
        return container.setUser(USER + ":" + USER).setEntrypoint(command());
    }

    /** What is below a folder; no more is kept of its rights than whether a file is a program. */
    public static FileEntriesLayer layer(String name, Path folder, String place)
            throws IOException {
        var layer = FileEntriesLayer.builder().setName(name);
        try (var children = Files.list(folder)) {
            for (var child : children.toList()) {
                layer.addEntryRecursive(
                        child,
                        AbsoluteUnixPath.get(place).resolve(child.getFileName().toString()),
                        (file, _) -> Files.isExecutable(file) ? FOLDER_OR_PROGRAM : FILE,
                        (_, _) -> Staged.TIME);
            }
        }
        return layer.build();
    }

    private List<String> command() {
        return Stream.of(
                        Stream.of(PROGRAM),
                        cache.stream().map(_ -> "-XX:AOTCache=" + CACHE),
                        JVM_OPTIONS.stream(),
                        Stream.of("-jar", SERVICE))
                .flatMap(each -> each)
                .toList();
    }
}
