package dev.paygateway.chaos.lab;

import java.nio.file.Path;

/** A MariaDB that can be run: its programs, and an empty data folder to begin with. */
sealed interface MariaDb permits EmbeddedMariaDb, SystemMariaDb {
    boolean ROOT = System.getProperty("user.name").equals("root");

    /** One region does with the embedded one; a Galera cluster needs the system's. */
    static MariaDb of(Site site) {
        return site.wan().isPresent()
                ? new SystemMariaDb(site)
                : new EmbeddedMariaDb(site.options().tools(), site.ports().database());
    }

    /** Does what is done once a checkout; nothing when it has been done. */
    void install();

    Path server();

    Path client();

    /** Copied for each new node. */
    Path emptyData();

    /** Lines of the server's configuration that say where it is. */
    String config();
}
