package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.Database;
import dev.paygateway.chaos.audit.evidence.Fault;
import dev.paygateway.chaos.audit.evidence.Regions;
import dev.paygateway.chaos.audit.outage.Objectives;
import dev.paygateway.chaos.audit.secrecy.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What to judge and how strictly. Made by {@link #of}.
 *
 * @param histories files of {@code ./gateway load}; one at least
 * @param books one file an acquirer
 * @param database the node that the payments are judged on
 * @param nodes all nodes by name, to be compared; fewer than two are not
 * @param regions which of them answered
 * @param faults the fault log, where faults were played
 * @param stores where to look for secrets; nowhere if absent
 * @param settle the bound of I16 after the end of the run, which the audit waits for at most
 * @param strict whether every payment made during a run must stand in its history
 * @param enough what the run must have done, given the faults played in it
 * @param objectives what merchants are promised during a fault
 */
public record AuditInput(
        List<Path> histories,
        List<Path> books,
        Database.Address database,
        Map<String, Database.Address> nodes,
        Regions regions,
        Optional<Path> faults,
        Optional<Stores> stores,
        Duration settle,
        boolean strict,
        Function<List<Fault>, Enough> enough,
        Objectives objectives) {
    /** The longest a simulated acquirer hides an effect (60 s), 60 s more, and 10 s to spare. */
    public static final Duration SETTLE = Duration.ofSeconds(130);

    public AuditInput {
        histories = List.copyOf(histories);
        books = List.copyOf(books);
        nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
        require(!histories.isEmpty(), "histories", "is empty", "run ./gateway load first");
        require(!books.isEmpty(), "books", "is empty", "name each acquirer's book");
        require(!settle.isNegative(), "settle", "is negative", "give a time such as 130s");
    }

    /** One database node, one region, no faults, the standard's bounds, unless told otherwise. */
    public static Builder of(List<Path> histories, List<Path> books, Database.Address database) {
        return new Builder(histories, books, database);
    }

    private static void require(boolean holds, String field, String problem, String remedy) {
        if (!holds) {
            throw new IllegalArgumentException(field + " " + problem + ": " + remedy);
        }
    }

    /** Takes what a system has beyond the three books, and what is asked of it. */
    public static final class Builder {
        private final List<Path> histories;
        private final List<Path> books;
        private final Database.Address database;
        private Map<String, Database.Address> nodes = Map.of();
        private Regions regions = Regions.ONE;
        private Optional<Path> faults = Optional.empty();
        private Optional<Stores> stores = Optional.empty();
        private Duration settle = SETTLE;
        private boolean strict;
        private Function<List<Fault>, Enough> enough = Enough::usual;
        private Objectives objectives = Objectives.STANDARD;

        private Builder(List<Path> histories, List<Path> books, Database.Address database) {
            this.histories = histories;
            this.books = books;
            this.database = database;
        }

        /** All nodes of the database, in the order in which they are to be compared. */
        public Builder nodes(Map<String, Database.Address> all) {
            nodes = all;
            return this;
        }

        public Builder regions(Regions all) {
            regions = all;
            return this;
        }

        /** The fault log; its faults that fell into the runs are judged. */
        public Builder faults(Path log) {
            faults = Optional.of(log);
            return this;
        }

        /** Where to look for secrets, and which. */
        public Builder stores(Stores searched) {
            stores = Optional.of(searched);
            return this;
        }

        public Builder settle(Duration bound) {
            settle = bound;
            return this;
        }

        /** Every payment made during a run must stand in its history. */
        public Builder strict(boolean every) {
            strict = every;
            return this;
        }

        public Builder enough(Enough needed) {
            enough = _ -> needed;
            return this;
        }

        /** What is enough may hang on what was played. */
        Builder enough(Function<List<Fault>, Enough> needed) {
            enough = needed;
            return this;
        }

        public Builder objectives(Objectives promised) {
            objectives = promised;
            return this;
        }

        public AuditInput build() {
            return new AuditInput(
                    histories,
                    books,
                    database,
                    nodes,
                    regions,
                    faults,
                    stores,
                    settle,
                    strict,
                    enough,
                    objectives);
        }
    }
}
