package dev.paygateway.sabotage;

import dev.paygateway.payment.Acquirer;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.Outcome;
import dev.paygateway.payment.Payment;

/** Does what the real acquirer does, until a subclass does something else. */
public abstract class DelegatingAcquirer implements Acquirer {
    private final Acquirer real;

    protected DelegatingAcquirer(Acquirer real) {
        this.real = real;
    }

    @Override
    public String name() {
        return real.name();
    }

    @Override
    public Capabilities capabilities() {
        return real.capabilities();
    }

    @Override
    public boolean isReachable() {
        return real.isReachable();
    }

    @Override
    public Outcome authorize(Operation operation, Payment payment, Instrument instrument) {
        return real.authorize(operation, payment, instrument);
    }

    @Override
    public Outcome submit(Operation operation, Payment payment) {
        return real.submit(operation, payment);
    }

    @Override
    public Outcome inquire(Operation operation, Payment payment) {
        return real.inquire(operation, payment);
    }
}
