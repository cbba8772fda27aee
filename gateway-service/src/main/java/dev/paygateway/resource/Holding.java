package dev.paygateway.resource;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One resource in the ledger, from acquire to release. Refers to its handle in no way that keeps it
 * reachable: a handle that was dropped is found by the garbage collector.
 */
final class Holding extends PhantomReference<Object> {
    private static final int FRAMES_MAX = 24;
    private static final String LEDGER = Holdings.class.getPackageName();
    private static final String JDK = "java.";

    private final Holdings ledger;
    private final Kind kind;
    private final String name;
    private final @Nullable Throwable place;
    private final HoldingEvent.@Nullable Held event;
    private final long since = System.nanoTime();
    private volatile Thread holder = Thread.currentThread();

    /** Of the watcher alone. */
    private boolean isOverdue;

    /** Of the watcher alone. */
    private boolean wasWithoutHolder;

    private volatile boolean isLeaked;

    Holding(
            Holdings ledger,
            Kind kind,
            String name,
            Object handle,
            ReferenceQueue<Object> dropped) {
        super(handle, dropped);
        this.ledger = ledger;
        this.kind = kind;
        this.name = name;
        place = ledger.isTracing(kind) ? new Throwable() : null;
        event = HoldingEvent.Held.begun();
    }

    /** Its release; true for the first who says so. */
    boolean strikeOff() {
        if (!ledger.remove(this)) {
            return false;
        }
        if (event != null) {
            event.ended(this);
        }
        return true;
    }

    /** From now on the calling thread holds it. */
    void moveHere() {
        holder = Thread.currentThread();
    }

    Kind kind() {
        return kind;
    }

    String name() {
        return name;
    }

    Thread holder() {
        return holder;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    boolean isOpen() {
        return ledger.isOpen(this);
    }

    boolean isLeaked() {
        return isLeaked;
    }

    /** True once. */
    boolean becomesLeaked() {
        var isFirst = !isLeaked;
        isLeaked = true;
        return isFirst;
    }

    /** True once. */
    boolean becomesOverdue(Duration most) {
        if (isOverdue || !kind.isBrief() || age().compareTo(most) <= 0) {
            return false;
        }
        isOverdue = true;
        return true;
    }

    /** True at the second look without a holder: it may have been on its way to another thread. */
    boolean hasLostHolder() {
        var isWithout = kind.isBrief() && !holder.isAlive();
        var wasWithout = wasWithoutHolder;
        wasWithoutHolder = isWithout;
        return isWithout && wasWithout;
    }

    /** Who acquired it, outermost last; where that was not noted, where its holder is now. */
    String place() {
        var frames = place == null ? holder.getStackTrace() : place.getStackTrace();
        return Stream.of(frames)
                .dropWhile(frame -> isMachinery(frame.getClassName()))
                .limit(FRAMES_MAX)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining("\n"));
    }

    private static boolean isMachinery(String type) {
        return type.startsWith(JDK)
                || type.startsWith("jdk.")
                || (type.startsWith(LEDGER) && Holdings.isMachinery(type));
    }

    /** For a log line: kind, name and the first frame of its place. */
    @Override
    public String toString() {
        var frame = place().lines().findFirst().orElse("a place that was not noted");
        return "%s %s of %s, acquired at %s".formatted(kind, name, thread(), frame);
    }

    /** The holder's name; virtual threads mostly have none. */
    String thread() {
        var thread = holder;
        return thread.getName().isEmpty() ? "thread " + thread.threadId() : thread.getName();
    }
}
