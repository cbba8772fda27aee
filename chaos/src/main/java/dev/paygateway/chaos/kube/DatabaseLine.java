package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.RunEnvironment;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** The way from the database, as the auditor has it. */
record DatabaseLine(Ground ground) {
    private static final int BYTES = 256 * 1024;

    /** How long 256 KiB take, over a connection that is there already. */
    Duration transfer() {
        var environment = RunEnvironment.read(ground.state());
        var auditor = environment.require("DATABASE_AUDITOR").split(":", 2);
        var login = new Properties();
        login.setProperty("user", auditor[0]);
        login.setProperty("password", auditor[1]);
        var query = "SELECT REPEAT('x', " + BYTES + ")";
        try (var connection =
                        DriverManager.getConnection(environment.require("DATABASE_URL"), login);
                var statement = connection.createStatement()) {
            var from = System.nanoTime();
            try (var rows = statement.executeQuery(query)) {
                rows.next();
                if (rows.getString(1).length() != BYTES) {
                    throw LabFailure.failed("the database sent something else");
                }
            }
            return Duration.ofNanos(System.nanoTime() - from);
        } catch (SQLException refused) {
            throw LabFailure.failed("the database: " + refused.getMessage(), refused);
        }
    }
}
