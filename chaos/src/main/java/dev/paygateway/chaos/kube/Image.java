package dev.paygateway.chaos.kube;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paygateway.chaos.lab.Commands;
import dev.paygateway.chaos.lab.Folders;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A container image that is made of folders, without an engine and without a registry: the archive
 * that {@code docker save} would write.
 *
 * @param name what stands between {@code docker.io/local/} and {@code :1}
 * @param layers tar files, the lowest first
 */
record Image(String name, List<String> entrypoint, List<Path> layers) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NOBODY = "65532";
    private static final int BLOCK = 1 << 16;

    /** What a folder holds as a layer. */
    static Path layer(Path folder, Path target) {
        return tar(folder, ".", target);
    }

    /** With nothing in it that differs from day to day. */
    private static Path tar(Path folder, String members, Path target) {
        var script =
                "tar --create --sort=name --mtime=@0 --numeric-owner --owner=%1$s --group=%1$s"
                        .formatted(NOBODY);
        require(Shell.in(folder).run("sh", "-c", script + " --file=\"$0\" " + members, target));
        return target;
    }

    /** Writes the archive. */
    Path write(Path target) {
        var folder = target.resolveSibling(name + ".parts");
        Folders.remove(folder);
        Folders.make(folder);
        try {
            var digests = new ArrayList<String>();
            for (var layer : layers) {
                var digest = sha256(layer);
                Files.createLink(folder.resolve(digest + ".tar"), layer);
                digests.add(digest);
            }
            var config = JSON.writeValueAsString(config(digests));
            var named = HexFormat.of().formatHex(newSha256().digest(config.getBytes(UTF_8)));
            Files.writeString(folder.resolve(named + ".json"), config);
            var manifest =
                    List.of(
                            Map.of(
                                    "Config",
                                    named + ".json",
                                    "RepoTags",
                                    List.of("docker.io/local/" + name + ":1"),
                                    "Layers",
                                    digests.stream().map(each -> each + ".tar").toList()));
            Files.writeString(folder.resolve("manifest.json"), JSON.writeValueAsString(manifest));
        } catch (IOException refused) {
            throw Commands.disk("cannot write the image " + name, refused);
        }
        tar(folder, "*", target);
        Folders.remove(folder);
        return target;
    }

    private Map<String, Object> config(List<String> digests) {
        var path = "PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
        var process =
                Map.of(
                        "Entrypoint",
                        entrypoint,
                        "User",
                        NOBODY + ":" + NOBODY,
                        "WorkingDir",
                        "/",
                        "Env",
                        List.of(path));
        var tree =
                Map.of(
                        "type",
                        "layers",
                        "diff_ids",
                        digests.stream().map(each -> "sha256:" + each).toList());
        return Map.of(
                "architecture", "amd64",
                "os", "linux",
                "created", "1970-01-01T00:00:00Z",
                "config", process,
                "rootfs", tree);
    }

    private static String sha256(Path file) throws IOException {
        var digest = newSha256();
        try (var content = Files.newInputStream(file)) {
            var block = new byte[BLOCK];
            for (int read = content.read(block); read >= 0; read = content.read(block)) {
                digest.update(block, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static void require(Shell.Outcome outcome) {
        if (!outcome.fine()) {
            throw LabFailure.failed("an image cannot be made: " + outcome.output());
        }
    }
}
