package dev.paygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Goal: openapi.yaml says what the service does, no more and no less.
 *
 * <p>Method: each operation is brought to each answer that the document announces. {@link Client}
 * holds every single answer, in every test, against the document.
 */
class ContractTest {
    @Test
    void givesEveryAnswerThatItAnnounces() throws IOException {
        try (var roomy = World.roomy();
                var tight = World.tight()) {
            var provoke = new Provocations(roomy);
            provoke.successes();
            provoke.refusedRequests();
            provoke.refusedPayments();
            provoke.refusedChanges();
            provoke.conflicts();
            provoke.unprocessable();
            provoke.outages();
            new TightProvocations(tight).all();
        }
        var missing = new TreeSet<>(Contract.announced());
        missing.removeAll(Contract.seen());
        assertThat(missing).as("announced, but not given in any test").isEmpty();
    }
}
