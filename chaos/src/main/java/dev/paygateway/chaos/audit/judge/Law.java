package dev.paygateway.chaos.audit.judge;

/** The invariants, numbered as in the project's list, whether or not anything checks them yet. */
public enum Law {
    I1("an operation answered 2xx is in the database, with the same content"),
    I2("one payment a key, at most one effective charge a payment"),
    I3("the acquirers' books and ours agree both ways: amount, currency, reference"),
    I4("0 <= refunded <= captured <= authorised at every event"),
    I5("debits equal credits in each transaction and currency", "there is no ledger yet"),
    I6("balances, fees and clearing equal what the acquirers settled", "there is no ledger yet"),
    I7("only legal transitions; replaying the events gives the row"),
    I8("a payment's events are 1..n, no gap, no double"),
    I9("same key and body, same answer; other body refused, without effect"),
    I10("a definite failure has no effect anywhere"),
    I11("an unknown outcome becomes one final state and never flips"),
    I12("no half transaction: payment, operation, event, outbox and key together"),
    I13("a read after an acknowledgement shows no older state"),
    I14("one client's reads of a payment are monotonic"),
    I15("each final state reaches the webhook", "there are no webhooks yet"),
    I16("nothing stays processing or unknown longer than the bound"),
    I17("a fault keeps nobody waiting too long, and the rate comes back", "no fault was played"),
    I18("the database's nodes are equal by checksum", "there is one node"),
    I18_CHAIN("the audit log's hash chain is whole", "the service keeps no audit log yet"),
    I19(
            "no database user that Vault made outlives its lease",
            "the auditor lacks SELECT (User, Host) ON mysql.user"),
    I19_SESSIONS(
            "no session outlives its database user by more than 10 min",
            "the auditor lacks PROCESS, or what I19 lacks"),
    I20("no card number or secret where it must not be", "nothing was searched"),
    PHANTOM("no payment that no client asked for");

    /** Of a law that is checked, where the run gave it no subject. */
    public static final String NO_SUBJECT = "nothing was held against it";

    private final String statement;
    private final String missing;

    Law(String statement) {
        this(statement, NO_SUBJECT);
    }

    Law(String statement, String missing) {
        this.statement = statement;
        this.missing = missing;
    }

    public String statement() {
        return statement;
    }

    /** Why nothing was held against it, where that is so. */
    public String missing() {
        return missing;
    }
}
