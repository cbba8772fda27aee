package dev.paygateway.client;

/** Hears of every HTTP request of a call, in the calling thread. */
public interface ExchangeListener {
    /** Nobody listens. */
    ExchangeListener NONE =
            new ExchangeListener() {
                @Override
                public void sending(Attempt attempt) {}

                @Override
                public void ended(Attempt attempt, Exchange exchange) {}
            };

    /** Comes before the first byte leaves; what it throws ends the call with nothing sent. */
    void sending(Attempt attempt);

    /** Comes exactly once after each {@link #sending} that returned. */
    void ended(Attempt attempt, Exchange exchange);
}
