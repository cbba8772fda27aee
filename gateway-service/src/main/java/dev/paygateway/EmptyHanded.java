package dev.paygateway;

import dev.paygateway.payment.Acquirer;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.Outcome;
import dev.paygateway.payment.Payment;
import dev.paygateway.resource.Holdings;
import dev.paygateway.resource.Kind;
import java.util.List;
import java.util.Set;

/**
 * Acquirers that are asked by threads with empty hands alone: a connection or a lock held over a
 * call of seconds would starve all others. Fails before anything is sent.
 */
record EmptyHanded(Acquirer.Directory acquirers, Holdings holdings) implements Acquirer.Directory {
    private static final Set<Kind> NEVER = Set.of(Kind.CONNECTION, Kind.LOCK);

    @Override
    public List<Acquirer> routes() {
        return acquirers.routes().stream().<Acquirer>map(each -> new Link(each, holdings)).toList();
    }

    @Override
    public Acquirer named(String name) {
        return new Link(acquirers.named(name), holdings);
    }

    private record Link(Acquirer acquirer, Holdings holdings) implements Acquirer {
        @Override
        public String name() {
            return acquirer.name();
        }

        @Override
        public Capabilities capabilities() {
            return acquirer.capabilities();
        }

        @Override
        public boolean isReachable() {
            return acquirer.isReachable();
        }

        @Override
        public Outcome authorize(Operation operation, Payment payment, Instrument instrument) {
            return emptyHanded().authorize(operation, payment, instrument);
        }

        @Override
        public Outcome submit(Operation operation, Payment payment) {
            return emptyHanded().submit(operation, payment);
        }

        @Override
        public Outcome inquire(Operation operation, Payment payment) {
            return emptyHanded().inquire(operation, payment);
        }

        private Acquirer emptyHanded() {
            holdings.refuseHolding(NEVER, "an acquirer may not be asked");
            return acquirer;
        }
    }
}
