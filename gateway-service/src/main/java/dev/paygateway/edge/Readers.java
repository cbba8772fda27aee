package dev.paygateway.edge;

import dev.paygateway.resource.Holdings;
import dev.paygateway.resource.Permits;
import dev.paygateway.resource.Taken;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Those who read at once: never so many that payments find no session of the database. A list may
 * search for as long as a statement may take, so lists are fewer, and hold up no other read.
 */
final class Readers {
    /** As long as a session is waited for. */
    private static final Duration WAIT = Duration.ofMillis(250);

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Permits reads;
    private final Permits lists;

    Readers(int readsMax, int listsMax) {
        this.reads = new Permits(Holdings.ofProcess(), "read", readsMax);
        this.lists = new Permits(Holdings.ofProcess(), "list", listsMax);
    }

    /** Reads what one payment has, found by its names; fails with a {@link Rejection}. */
    <T> T read(Supplier<T> read) {
        return within(reads, read);
    }

    /** Searches all payments of a merchant; fails with a {@link Rejection}. */
    <T> T list(Supplier<T> search) {
        return within(lists, search);
    }

    private static <T> T within(Permits permits, Supplier<T> read) {
        try (var _ = permits.take(WAIT)) {
            return read.get();
        } catch (Taken _) {
            throw new Rejection(
                    Problem.of(Code.OVERLOADED, "Too many are reading; repeat it later.")
                            .after(SOON));
        }
    }
}
