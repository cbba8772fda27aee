package dev.paygateway.resource;

/** Whether the database takes logins and writes, as the last look at it showed. */
public interface Database {
    /** From memory; a look is taken twice a second, every fourth with a login of its own. */
    Standing standing();

    /** What the last look showed. */
    sealed interface Standing {
        /** A login with the credential in hand works, and the server takes writes. */
        record Writable() implements Standing {}

        /** The server answers and takes no writes. */
        record ReadOnly() implements Standing {}

        /**
         * Servers answer, and none of them belongs to a majority: whoever has one may be changing
         * what these hold. Nothing is written, and nothing may be believed that is read.
         */
        record CutOff() implements Standing {}

        /**
         * No login.
         *
         * @param why the database's error, without names or addresses
         */
        record Away(String why) implements Standing {}
    }
}
