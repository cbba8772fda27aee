package dev.paygateway.chaos.crash;

/**
 * A place on a payment's path at which the service is killed. Named by class and method, since the
 * judge shares no code with the service; a name that is gone fails the test.
 */
enum CrashPoint {
    BEFORE_COMMIT_1("store.SqlStore", "commit"),
    AFTER_COMMIT_1("payment.Gateway", "authorize"),
    WHILE_THE_REQUEST_IS_WRITTEN("acquirer.Body", "writeTo"),
    AFTER_THE_EFFECT("acquirer.Wire", "read"),
    BEFORE_COMMIT_2("payment.OutcomeRules", "on"),
    AFTER_COMMIT_2("payment.Gateway", "result"),
    BEFORE_A_FOLLOW_UP_IS_SENT("payment.Gateway", "submit"),
    RECOVERY_HAS_A_LEASE("payment.Gateway", "recover"),
    RECOVERY_DECIDES_TO_REVERSE("payment.Moves", "undo"),
    RECOVERY_HAS_REVERSED("payment.Moves", "undone");

    private final String type;
    private final String method;

    CrashPoint(String type, String method) {
        this.type = "dev.paygateway." + type;
        this.method = method;
    }

    String type() {
        return type;
    }

    String method() {
        return method;
    }
}
