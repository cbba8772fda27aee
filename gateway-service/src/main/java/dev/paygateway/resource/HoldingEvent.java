package dev.paygateway.resource;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** What a recording shows of the ledger. */
@Category("Payment gateway")
@StackTrace(false)
abstract class HoldingEvent extends Event {
    @Label("Kind")
    @Nullable String kind;

    @Label("Name")
    @Nullable String name;

    @Label("Holder")
    @Nullable String holder;

    /** The event now, if somebody records such. */
    final void tell(Holding holding) {
        if (shouldCommit()) {
            fill(holding);
            commit();
        }
    }

    void fill(Holding holding) {
        kind = holding.kind().toString();
        name = holding.name();
        holder = holding.thread();
    }

    /** With age and place: never on the path of a payment. */
    abstract static class Placed extends HoldingEvent {
        @Label("Age")
        @Timespan(Timespan.NANOSECONDS)
        long age;

        @Label("Place")
        @Description("The stack that acquired it, innermost first")
        @Nullable String place;

        @Override
        final void fill(Holding holding) {
            super.fill(holding);
            age = holding.age().toNanos();
            place = holding.place();
        }
    }

    @Name("dev.paygateway.Held")
    @Label("Held")
    @Description("A resource from acquire to release")
    static final class Held extends HoldingEvent {
        /** Begun if somebody records; else none is made. */
        static @Nullable Held begun() {
            var event = new Held();
            if (!event.isEnabled()) {
                return null;
            }
            event.begin();
            return event;
        }

        void ended(Holding holding) {
            end();
            tell(holding);
        }
    }

    @Name("dev.paygateway.Open")
    @Label("Open")
    @Description("A resource that is held at this moment")
    @Period("1 s")
    static final class Open extends Placed {}

    @Name("dev.paygateway.HeldTooLong")
    @Label("Held too long")
    static final class HeldTooLong extends Placed {}

    @Name("dev.paygateway.Leaked")
    @Label("Leaked")
    @Description("Its thread has ended, or nobody can reach it, and it was not released")
    static final class Leaked extends Placed {}
}
