package dev.paygateway.resource;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.sql.SQLException;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.ComponentScan;

/**
 * A process of its own: the service's way to the database, and one block that holds a row until the
 * process ends as it is told on its standard input.
 */
final class SeatHolder {
    static final String SEAT = "seat";
    static final String HOLDING = "holding with session ";

    /** The machinery alone. */
    @EnableAutoConfiguration
    @ComponentScan
    static class Machinery {}

    private SeatHolder() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        var service = new SpringApplicationBuilder(Machinery.class).run(arguments);
        var connections = service.getBean(Connections.class);
        try (var scope = new Scope(failure -> System.out.println("not released: " + failure))) {
            var held = scope.own(connections::acquire);
            Seats.take(held.connection(), ReleasePath.valueOf(System.getProperty(SEAT, "")));
            System.out.println(HOLDING + session(held) + ".");
            end();
        }
    }

    private static String session(HeldConnection held) throws SQLException {
        try (var statement = held.connection().createStatement();
                var row = statement.executeQuery("SELECT CONNECTION_ID(), CURRENT_USER()")) {
            row.next();
            return row.getString(1) + " of " + row.getString(2).replaceAll("@.*", "");
        }
    }

    private static void end() throws IOException {
        var orders = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        var order = orders.readLine();
        while (order != null) {
            switch (ReleasePath.valueOf(order)) {
                case EXIT -> System.exit(0);
                case HALT -> Runtime.getRuntime().halt(0);
                default -> throw new IllegalArgumentException(order);
            }
            order = orders.readLine();
        }
    }
}
