package dev.paygateway.chaos.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.lab.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goal: an image holds what it is made of, under names that are true, and is the same each time.
 *
 * <p>Method: an archive is made of a small folder and taken apart by tar and sha256sum, which share
 * nothing with what made it.
 */
class ImageTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir private Path scratch;

    @Test
    void namesItsLayersByWhatIsInThem() throws IOException {
        var image = image("first");
        var parts = Files.createDirectory(scratch.resolve("parts"));
        assertThat(Shell.in(parts).run("tar", "xf", image).fine()).isTrue();
        var manifest = JSON.readTree(Files.readString(parts.resolve("manifest.json"))).get(0);
        var config = JSON.readTree(Files.readString(parts.resolve(text(manifest, "Config"))));
        var layer = manifest.path("Layers").get(0).asString();
        var digest = sha256(parts.resolve(layer));
        assertThat(config.path("rootfs").path("diff_ids").get(0).asString())
                .isEqualTo("sha256:" + digest);
        assertThat(text(manifest, "Config"))
                .isEqualTo(sha256(parts.resolve(text(manifest, "Config"))) + ".json");
        assertThat(manifest.path("RepoTags").get(0).asString())
                .isEqualTo("docker.io/local/small:1");
        assertThat(config.path("config").path("User").asString()).isEqualTo("65532:65532");
        assertThat(Shell.in(parts).run("tar", "tf", layer).lines()).contains("./app/data");
    }

    @Test
    void isTheSameEachTime() throws IOException {
        assertThat(image("first")).hasSameBinaryContentAs(image("second"));
    }

    private Path image(String time) throws IOException {
        var place = Files.createDirectory(scratch.resolve(time));
        var root = Files.createDirectories(place.resolve("root/app"));
        Files.writeString(root.resolve("data"), "something");
        var layer = Image.layer(place.resolve("root"), place.resolve("layer.tar"));
        return new Image("small", List.of("/app/data"), List.of(layer))
                .write(place.resolve("image.tar"));
    }

    private static String sha256(Path file) {
        return Shell.in(Path.of("/")).run("sha256sum", file).output().split(" ", -1)[0];
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString();
    }
}
