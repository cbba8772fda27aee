package dev.paygateway.chaos.audit.judge;

import java.util.Set;

/**
 * What the three books say about one key, and the verdict on it: the table of the project's
 * invariants, row by row.
 */
record Case(Client client, Database database, Acquirer acquirer) {
    /** What the client saw last, unless an earlier try was answered 2xx. */
    sealed interface Client {
        /**
         * Answered 201 or 200, once at least.
         *
         * @param denied whether the last try, begun after that, was told that no money moved
         */
        record Ok(boolean denied) implements Client {}

        /** Answered 202, never more. */
        record Ack() implements Client {}

        /**
         * Told on the last try that it failed, or that no money moved.
         *
         * @param acknowledged whether an earlier try was answered 202
         */
        record Fail(boolean acknowledged) implements Client {}

        /** {@code info}: left without an answer. */
        record Silence() implements Client {}

        /** In no history, though made during a run and by its kind of key. */
        record NeverInvoked() implements Client {}

        /** In no history, and nobody said that it should be. */
        record Elsewhere() implements Client {}
    }

    /** What the key has in the database. */
    sealed interface Database {
        record No() implements Database {}

        /** One payment or operation; {@code money} if by its state money is held or has moved. */
        record Yes(boolean money) implements Database {}

        /** More than one payment. */
        record Twice() implements Database {}
    }

    /** What the acquirers' books hold of it, compared with what the database says. */
    sealed interface Acquirer {
        /** What the row says, or the row does not say anything yet. */
        record Equal() implements Acquirer {}

        /** No effect, where the row says there is one or where there is no row. */
        record Nothing() implements Acquirer {}

        /** An effect, where the row says there is none or where there is no row. */
        record Effect(boolean overdue) implements Acquirer {}
    }

    /** A charge of which the client and the database know nothing, but too young to be blamed. */
    boolean isUndecided() {
        return client instanceof Client.Silence
                && database instanceof Database.No
                && acquirer instanceof Acquirer.Effect(var overdue)
                && !overdue;
    }

    /** The laws that such a case breaks. */
    Set<Law> broken() {
        return switch (this) {
            case Case(Client.Elsewhere _, Database.Twice _, _) -> Set.of(Law.I2);
            case Case(Client.Elsewhere _, _, _) -> Set.of();
            case Case(Client.NeverInvoked _, Database.Twice _, _) -> Set.of(Law.I2);
            case Case(Client.NeverInvoked _, Database.Yes _, _) -> Set.of(Law.PHANTOM);
            case Case(Client.NeverInvoked _, Database.No _, _) -> Set.of();
            case Case(_, Database.Twice _, _) -> Set.of(Law.I2);

            case Case(Client.Ok(var denied), Database.No _, Acquirer.Effect _) ->
                    denied ? Set.of(Law.I1, Law.I10) : Set.of(Law.I1);
            case Case(Client.Ok _, Database.No _, _) -> Set.of(Law.I1);
            case Case(Client.Ok(var denied), Database.Yes(var money), Acquirer.Equal _) ->
                    denied && money ? Set.of(Law.I10) : Set.of();
            case Case(Client.Ok(var denied), Database.Yes _, _) ->
                    denied ? Set.of(Law.I3, Law.I10) : Set.of(Law.I3);

            case Case(Client.Ack _, Database.No _, _) -> Set.of(Law.I1);
            case Case(Client.Ack _, Database.Yes _, Acquirer.Equal _) -> Set.of();
            case Case(Client.Ack _, Database.Yes _, _) -> Set.of(Law.I3);

            case Case(Client.Fail(var accepted), Database.No _, Acquirer.Effect _) ->
                    accepted ? Set.of(Law.I1, Law.I3, Law.I10) : Set.of(Law.I3, Law.I10);
            case Case(Client.Fail(var accepted), Database.No _, _) ->
                    accepted ? Set.of(Law.I1) : Set.of();
            case Case(Client.Fail _, Database.Yes _, Acquirer.Effect _) -> Set.of(Law.I3, Law.I10);
            case Case(Client.Fail _, Database.Yes(var money), Acquirer.Equal _) ->
                    money ? Set.of(Law.I10) : Set.of();
            case Case(Client.Fail _, Database.Yes _, Acquirer.Nothing _) -> Set.of(Law.I3, Law.I10);

            case Case(Client.Silence _, Database.No _, Acquirer.Effect(var overdue)) ->
                    overdue ? Set.of(Law.I11) : Set.of();
            case Case(Client.Silence _, Database.No _, _) -> Set.of();
            case Case(Client.Silence _, Database.Yes _, Acquirer.Equal _) -> Set.of();
            case Case(Client.Silence _, Database.Yes _, _) -> Set.of(Law.I3);
        };
    }
}
