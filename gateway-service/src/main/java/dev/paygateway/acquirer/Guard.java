package dev.paygateway.acquirer;

import dev.paygateway.payment.Time;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedRetryMetrics;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Keeps one acquirer's trouble from becoming ours: breaker, bulkhead and bounded repeats around
 * single tries.
 */
final class Guard {
    private static final int FAILURES_PERCENT = 60;
    private static final int CALLS_SEEN = 100;
    private static final int CALLS_SEEN_MIN = 20;
    private static final Duration OPEN_FOR = Duration.ofSeconds(5);
    private static final int PROBES = 5;

    /** By these an acquirer says that it does not know us, or has enough of us. */
    private static final Set<Integer> UNWILLING = Set.of(401, 403, 429);

    private final Time time;
    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead;
    private final Retry retry;

    /** Where the parts are registered, so that they can be watched. */
    record Registries(
            CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads, RetryRegistry retries) {
        static Registries create() {
            return new Registries(
                    CircuitBreakerRegistry.ofDefaults(),
                    BulkheadRegistry.ofDefaults(),
                    RetryRegistry.ofDefaults());
        }

        void bindTo(MeterRegistry meters) {
            TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
            TaggedBulkheadMetrics.ofBulkheadRegistry(bulkheads).bindTo(meters);
            TaggedRetryMetrics.ofRetryRegistry(retries).bindTo(meters);
        }
    }

    Guard(AcquirerSettings.Link link, Time time, Registries registries) {
        this.time = time;
        this.breaker =
                registries
                        .breakers()
                        .circuitBreaker(
                                link.name(),
                                CircuitBreakerConfig.custom()
                                        .failureRateThreshold(FAILURES_PERCENT)
                                        .slidingWindowSize(CALLS_SEEN)
                                        .minimumNumberOfCalls(CALLS_SEEN_MIN)
                                        .waitDurationInOpenState(OPEN_FOR)
                                        .automaticTransitionFromOpenToHalfOpenEnabled(true)
                                        .permittedNumberOfCallsInHalfOpenState(PROBES)
                                        .ignoreException(
                                                full -> full instanceof BulkheadFullException)
                                        .recordResult(Guard::isTrouble)
                                        .build());
        this.bulkhead =
                registries
                        .bulkheads()
                        .bulkhead(
                                link.name(),
                                BulkheadConfig.custom()
                                        .maxConcurrentCalls(link.callsMax())
                                        .maxWaitDuration(Duration.ZERO)
                                        .build());
        this.retry =
                registries
                        .retries()
                        .retry(
                                link.name(),
                                RetryConfig.<Try>custom()
                                        .maxAttempts(Budget.TRIES_MAX)
                                        .intervalFunction(
                                                IntervalFunction.ofRandomized(Budget.BETWEEN_TRIES))
                                        .retryOnResult(Try::mayBeRepeated)
                                        .build());
    }

    /** No answer, or one that speaks of the acquirer and not of the call: another may serve it. */
    private static boolean isTrouble(Object result) {
        return !(result instanceof Exchange.Answered(var status, _))
                || status >= 500
                || UNWILLING.contains(status);
    }

    boolean isOpen() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    /** A try, and whether another may follow it. */
    private record Try(Exchange exchange, boolean mayBeRepeated) {}

    /**
     * Tries until there is an answer, the repeats are used up, or a further try could end after the
     * deadline. The result is unsent only if every single try was.
     */
    Exchange call(Supplier<Exchange> once, boolean isRepeatable, Instant deadline) {
        var tries = new Tries(once, isRepeatable, deadline);
        return retry.executeSupplier(tries).exchange();
    }

    private final class Tries implements Supplier<Try> {
        private final Supplier<Exchange> once;
        private final boolean isRepeatable;
        private final Instant deadline;
        private boolean mayHaveArrived;

        Tries(Supplier<Exchange> once, boolean isRepeatable, Instant deadline) {
            this.once = once;
            this.isRepeatable = isRepeatable;
            this.deadline = deadline;
        }

        @Override
        public Try get() {
            var exchange = isLate() ? new Exchange.Unsent("no time left for a try") : guarded();
            var earlierMayHaveArrived = mayHaveArrived;
            mayHaveArrived |= !(exchange instanceof Exchange.Unsent); // a 5xx may have charged too
            var known =
                    earlierMayHaveArrived && deniesOnlyItself(exchange)
                            ? new Exchange.Silent("an earlier try may have arrived")
                            : exchange;
            return new Try(known, isRepeatable && !isLate() && !isFinal(exchange));
        }

        /** It proves that this try had no effect, and nothing about those before it. */
        private boolean deniesOnlyItself(Exchange exchange) {
            return exchange instanceof Exchange.Unsent
                    || (exchange instanceof Exchange.Answered answer
                            && Messages.isNotProcessed(answer));
        }

        private boolean isLate() {
            return time.now().plus(Budget.TRY).isAfter(deadline);
        }

        private boolean isFinal(Exchange exchange) {
            return exchange instanceof Exchange.Answered answer && answer.status() < 500;
        }

        private Exchange guarded() {
            try {
                return breaker.executeSupplier(() -> bulkhead.executeSupplier(once));
            } catch (CallNotPermittedException _) {
                return new Exchange.Unsent("the breaker is open");
            } catch (BulkheadFullException _) {
                return new Exchange.Unsent("too many calls are under way");
            }
        }
    }
}
