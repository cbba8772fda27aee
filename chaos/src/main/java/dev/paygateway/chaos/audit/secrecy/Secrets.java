package dev.paygateway.chaos.audit.secrecy;

import dev.paygateway.chaos.audit.evidence.BrokenEvidence;
import dev.paygateway.chaos.audit.evidence.Database;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * I20: looks for every canary in all that the system writes: each text of the database as the
 * auditor reads it, each file of the sandbox as it lies there (the database's own files, logs,
 * histories, books, Vault's audit log, recordings), each page of metrics.
 */
public final class Secrets {
    private static final int FETCH_ROWS = 1_000;
    private static final int OK = 200;

    private static final String TEXTS =
            """
            SELECT TABLE_NAME, COLUMN_NAME FROM information_schema.COLUMNS
            WHERE TABLE_SCHEMA = DATABASE() AND (CHARACTER_MAXIMUM_LENGTH IS NOT NULL)
            ORDER BY TABLE_NAME, ORDINAL_POSITION
            """;

    private final Stores stores;
    private final Search search;
    private final List<String> unseen = new ArrayList<>();

    private Secrets(Stores stores) {
        this.stores = stores;
        search = new Search(stores.canaries());
    }

    /**
     * Searches everything once.
     *
     * @throws SQLException if the database cannot be read
     * @throws BrokenEvidence if a file cannot be, or a page breaks off
     */
    public static Searched searched(Stores stores, Database.Address database)
            throws SQLException, InterruptedException {
        var secrets = new Secrets(stores);
        try (var connection = Database.connect(database)) {
            secrets.tables(connection);
        }
        for (var folder : stores.folders()) {
            secrets.folder(folder);
        }
        for (var page : stores.pages()) {
            secrets.page(page);
        }
        return new Searched(secrets.search.ruling(), secrets.unseen);
    }

    private void tables(Connection connection) throws SQLException {
        var texts = new TreeMap<String, List<String>>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(TEXTS)) {
            while (rows.next()) {
                texts.computeIfAbsent(rows.getString(1), _ -> new ArrayList<>())
                        .add(quoted(rows.getString(2)));
            }
        }
        for (var table : texts.entrySet()) {
            table(connection, table);
        }
    }

    private void table(Connection connection, Map.Entry<String, List<String>> table)
            throws SQLException {
        var columns = String.join(", ", table.getValue());
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_ROWS);
            var sql = "SELECT %s FROM %s".formatted(columns, quoted(table.getKey()));
            try (var rows = statement.executeQuery(sql);
                    var store = search.open("table " + table.getKey())) {
                while (rows.next()) {
                    for (var column = 1; column <= table.getValue().size(); column++) {
                        var text = rows.getBytes(column);
                        store.text(text == null ? new byte[0] : text);
                    }
                }
            }
        }
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private void folder(Path folder) {
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path entered, BasicFileAttributes attributes) {
                            return isLeft(entered)
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            if (attributes.isRegularFile() && !isLeft(file)) {
                                file(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException failure)
                                throws IOException {
                            if (failure instanceof NoSuchFileException) {
                                return FileVisitResult.CONTINUE;
                            }
                            throw failure;
                        }
                    });
        } catch (IOException unreadable) {
            throw new BrokenEvidence(folder + " cannot be searched: " + unreadable);
        }
    }

    private boolean isLeft(Path path) {
        return stores.left().stream().anyMatch(path::endsWith);
    }

    /** One that is gone by now was the database's or a log's that has been rotated. */
    private void file(Path file) {
        try (var bytes = Files.newInputStream(file);
                var store = search.open("file " + file)) {
            store.stream(bytes);
        } catch (NoSuchFileException _) {
            return;
        } catch (IOException unreadable) {
            throw new BrokenEvidence(file + " cannot be searched: " + unreadable);
        }
    }

    /** Who refuses or is stopped has shown nothing, which is no proof that nothing is there. */
    private void page(Page page) throws InterruptedException {
        try {
            var answer = page.read();
            if (answer.statusCode() != OK) {
                unseen.add("%s answered %d".formatted(page.address(), answer.statusCode()));
                return;
            }
            try (var store = search.open("page " + page.address())) {
                store.text(answer.body());
            }
        } catch (ConnectException _) {
            unseen.add(page.address() + " lets nobody connect");
        } catch (IOException unreadable) {
            throw new BrokenEvidence(page.address() + " cannot be searched: " + unreadable);
        }
    }
}
