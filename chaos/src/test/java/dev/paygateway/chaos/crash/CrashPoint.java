package dev.paygateway.chaos.crash;

import java.util.List;
import java.util.stream.Stream;

/**
 * A place on a payment's path at which the service is killed. Named by class and method, since the
 * judge shares no code with the service; a name that is gone fails the test.
 */
enum CrashPoint {
    BEFORE_COMMIT_1("payment.CommandRules", "open"),
    COMMIT_1_SENT_AND_NOT_ANSWERED(
            Names.DRIVER, "readResponse", "store.Session.write", "payment.Gateway.begin"),
    AFTER_COMMIT_1("payment.Gateway", "authorize"),
    WHILE_THE_REQUEST_IS_WRITTEN("acquirer.Body", "writeTo"),
    AFTER_THE_EFFECT("acquirer.Wire", "read"),
    BEFORE_COMMIT_2("store.SqlStore", "commit", "payment.Gateway.authorize"),
    COMMIT_2_SENT_AND_NOT_ANSWERED(
            Names.DRIVER, "readResponse", "store.Session.write", "payment.Gateway.authorize"),
    AFTER_COMMIT_2("payment.Gateway", "result", "payment.Gateway.authorize"),
    BEFORE_A_FOLLOW_UP_IS_SENT("payment.Gateway", "submit"),
    RECOVERY_HAS_A_LEASE("payment.Gateway", "recover"),
    RECOVERY_DECIDES_TO_REVERSE("payment.Moves", "undo"),
    RECOVERY_HAS_REVERSED("payment.Moves", "undone");

    private final String type;
    private final String method;

    @SuppressWarnings("ImmutableEnumChecker") // made by Stream.toList
    private final List<String> callers;

    CrashPoint(String type, String method, String... callers) {
        this.type = Names.whole(type);
        this.method = method;
        this.callers = Stream.of(callers).map(Names::whole).toList();
    }

    String type() {
        return type;
    }

    String method() {
        return method;
    }

    /** The methods, each with its class, that must be among the callers. */
    List<String> callers() {
        return callers;
    }

    private static final class Names {
        static final String DRIVER = "org.mariadb.jdbc.client.impl.StandardClient";

        static String whole(String name) {
            return name.startsWith("org.") ? name : "dev.paygateway." + name;
        }
    }
}
