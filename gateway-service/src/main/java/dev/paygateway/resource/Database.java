package dev.paygateway.resource;

/** Whether the database takes logins and writes, as the last look at it showed. */
public interface Database {
    /** From memory; a look is taken every two seconds, with a login of its own. */
    Standing standing();

    /** What the last look showed. */
    sealed interface Standing {
        /** A login with the credential in hand works, and the server takes writes. */
        record Writable() implements Standing {}

        /** The server answers and takes no writes. */
        record ReadOnly() implements Standing {}

        /**
         * No login.
         *
         * @param why the database's error, without names or addresses
         */
        record Away(String why) implements Standing {}
    }
}
