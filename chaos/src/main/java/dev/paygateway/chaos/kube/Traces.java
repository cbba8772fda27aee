package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Commands;
import dev.paygateway.chaos.lab.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a node writes outside the cluster's own folder, where no setting moves it.
 *
 * @param list where it is kept which of the folders were not there before
 * @param folders of the whole machine: those of the kubelet's plugins, of what network plugins have
 *     answered, and of links to containers' logs
 * @param logs what a link of ours leads into
 */
record Traces(Path list, List<Path> folders, Path logs) {
    private static final List<Path> FOLDERS =
            Stream.of("/var/lib/kubelet", "/var/lib/cni", "/var/log/containers", "/lib/modules")
                    .map(Path::of)
                    .toList();

    Traces {
        folders = List.copyOf(folders);
    }

    static Traces of(Ground ground) {
        return new Traces(ground.run().resolve("absent.before"), FOLDERS, ground.logs());
    }

    /** To be asked before a node starts. */
    void remember() {
        var absent = folders.stream().filter(Files::notExists).map(Path::toString).toList();
        Folders.write(list, String.join("\n", absent));
    }

    /** Folders go if they were not there before; of the others only our links. */
    void remove() {
        if (!Files.exists(list)) {
            return;
        }
        var absent = Folders.read(list).lines().map(Path::of).toList();
        folders.stream().filter(absent::contains).forEach(Folders::remove);
        folders.stream().filter(Files::isDirectory).forEach(this::removeLinks);
    }

    private void removeLinks(Path folder) {
        try (var files = Files.newDirectoryStream(folder, Files::isSymbolicLink)) {
            for (var link : files) {
                if (Files.readSymbolicLink(link).startsWith(logs)) {
                    Files.delete(link);
                }
            }
        } catch (IOException refused) {
            throw Commands.disk("cannot tidy " + folder, refused);
        }
    }
}
