package dev.paygateway.chaos.image;

import dev.paygateway.chaos.lab.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What programs need of this machine to run in an image that has nothing else. */
public final class Libraries {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Pattern LINKED = Pattern.compile("(/\\S+) \\(0x");

    /** Without it a name would be looked up in /etc/hosts only when no DNS answers. */
    private static final String NAMES = "hosts: files dns\n";

    private static final String USERS =
            """
            root:x:0:0:root:/:/nonexistent
            gateway:x:%1$d:%1$d:gateway:/:/nonexistent
            """
                    .formatted(ServiceImage.USER);

    private static final String GROUPS = "root:x:0:\ngateway:x:%d:\n".formatted(ServiceImage.USER);

    private Libraries() {}

    /**
     * Fills a folder with the root of a file system: the libraries and the loader that the programs
     * below some folders are linked with, the users, and where names are looked up.
     */
    public static void into(Path base, List<Path> programs) throws IOException {
        for (var library : of(programs)) {
            var place = base.resolve(library.toString().substring(1));
            Files.createDirectories(place.resolveSibling("."));
            Files.copy(library, place); // the file itself, where the library is a link
        }
        var settings = Files.createDirectories(base.resolve("etc"));
        Files.writeString(settings.resolve("passwd"), USERS);
        Files.writeString(settings.resolve("group"), GROUPS);
        Files.writeString(settings.resolve("nsswitch.conf"), NAMES);
    }

    private static SortedSet<Path> of(List<Path> programs) throws IOException {
        var command = Stream.of(Stream.of("ldd"), binaries(programs)).flatMap(each -> each);
        var said = Commands.run(LIMIT, command.toArray(String[]::new)).output();
        return LINKED.matcher(said)
                .results()
                .map((MatchResult found) -> Path.of(found.group(1)).normalize())
                .filter(library -> programs.stream().noneMatch(library::startsWith))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> binaries(List<Path> programs) throws IOException {
        var found = new TreeSet<String>();
        for (var folder : programs) {
            try (var files = Files.walk(folder)) {
                files.filter(Files::isRegularFile)
                        .filter(file -> Files.isExecutable(file) || isLibrary(file))
                        .forEach(file -> found.add(file.toString()));
            }
        }
        return found.stream();
    }

    private static boolean isLibrary(Path file) {
        return file.toString().endsWith(".so");
    }
}
