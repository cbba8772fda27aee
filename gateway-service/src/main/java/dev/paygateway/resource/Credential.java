package dev.paygateway.resource;

/** A database user that Vault made for this process; lives in memory only. */
record Credential(String user, String password) {
    @Override
    public String toString() {
        return "Credential[user=" + user + ", password=***]";
    }
}
