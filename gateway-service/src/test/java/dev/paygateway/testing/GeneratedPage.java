package dev.paygateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page under docs/generated that a test makes and holds the committed copy against. */
public final class GeneratedPage {
    private static final Path BASE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    private GeneratedPage() {}

    /** The root folder of this module. */
    public static Path base() {
        return BASE;
    }

    /** Fails if the committed page says something else; {@code maker} is the test to run anew. */
    public static void hold(String name, String drawn, Class<?> maker) throws IOException {
        var committed = BASE.resolveSibling("docs/generated/" + name);
        if (Boolean.getBoolean("generated.update")) {
            write(committed, drawn);
        }
        var fresh = write(BASE.resolve("target/generated/" + name), drawn);
        assertThat(Files.exists(committed) ? Files.readString(committed) : "")
                .as(
                        "%s is stale; the fresh one is %s; take it over with ./mvnw -Pquick"
                                + " -pl gateway-service -am test -Dtest=%s -Dgenerated.update=true",
                        committed, fresh, maker.getSimpleName())
                .isEqualTo(drawn);
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
