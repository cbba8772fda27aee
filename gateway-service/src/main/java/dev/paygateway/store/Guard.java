package dev.paygateway.store;

/**
 * A condition inside a compound statement, and the SQLSTATE by which it says that it did not hold.
 * The class 45 is the one that SQL leaves to applications, so no message has to be parsed.
 */
enum Guard {
    KEY_FREE("45001", "the idempotency key is taken"),
    REFERENCE_FREE("45002", "the reference or the payment id is taken"),
    PAYMENT_UNCHANGED("45003", "the payment was changed by another commit"),
    OPERATION_UNCHANGED("45004", "the operation was leased or ended by another"),
    ANSWER_OPEN("45005", "the key has its answer already, or is gone");

    private final String sqlState;
    private final String words;

    Guard(String sqlState, String words) {
        this.sqlState = sqlState;
        this.words = words;
    }

    String sqlState() {
        return sqlState;
    }

    /** An UPDATE that must meet exactly one row. It must change something in it. */
    String exactlyOne(String update) {
        return update + "IF ROW_COUNT() <> 1 THEN " + signal() + " END IF;\n";
    }

    /** An INSERT whose unique keys must be free. */
    String unlessDuplicate(String insert) {
        return "BEGIN DECLARE EXIT HANDLER FOR 1062 " + signal() + "\n" + insert + "END;\n";
    }

    private String signal() {
        return "SIGNAL SQLSTATE '%s' SET MESSAGE_TEXT = '%s';".formatted(sqlState, words);
    }
}
