package dev.paygateway.acquirer;

import dev.paygateway.payment.Acquirer;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.Outcome;
import dev.paygateway.payment.Payment;
import dev.paygateway.payment.Time;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;

/** One acquirer over HTTP: guarded, within its budget, every answer checked. */
final class HttpAcquirer implements Acquirer, AutoCloseable {
    private final AcquirerSettings.Link link;
    private final Time time;
    private final ObservationRegistry observations;
    private final Guard guard;
    private final Wire wire;
    private final Answers answers;

    HttpAcquirer(
            AcquirerSettings.Link link,
            TlsSocketStrategy tls,
            Time time,
            Guard guard,
            ObservationRegistry observations) {
        this.link = link;
        this.time = time;
        this.observations = observations;
        this.guard = guard;
        this.wire = new Wire(link, tls);
        this.answers = new Answers(link.accountPrefix());
    }

    @Override
    public String name() {
        return link.name();
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                link.idempotentSend(),
                link.inquiryByReference(),
                link.reverseByReference(),
                link.visibilityWindow());
    }

    @Override
    public boolean isReachable() {
        return !guard.isOpen();
    }

    /** A question without effect, past the breaker: whatever comes of it says nothing. */
    void greet() {
        wire.get("/v1/capabilities", "rehearsal");
    }

    @Override
    public Outcome authorize(Operation operation, Payment payment, Instrument instrument) {
        if (!(instrument instanceof Card card)) {
            throw new IllegalArgumentException("acquirers are paid with cards only");
        }
        var json = Messages.authorization(operation, payment, card, answers.account(operation));
        return send("/v1/authorizations", new Matter(operation, payment), json);
    }

    @Override
    public Outcome submit(Operation operation, Payment payment) {
        var path =
                switch (operation.order().kind()) {
                    case CAPTURE -> "/v1/captures";
                    case VOID -> "/v1/voids";
                    case REFUND -> "/v1/refunds";
                    case REVERSE -> "/v1/reversals";
                    case AUTHORIZE ->
                            throw new IllegalArgumentException("an authorisation is sent once");
                };
        var json = Messages.followUp(operation, answers.account(operation));
        return send(path, new Matter(operation, payment), json);
    }

    @Override
    public Outcome inquire(Operation operation, Payment payment) {
        var reference = operation.id().value();
        var account = URLEncoder.encode(answers.account(operation), StandardCharsets.UTF_8);
        var path = "/v1/operations/%s?merchant_account=%s".formatted(reference, account);
        return call(
                "inquire",
                new Matter(operation, payment),
                () ->
                        guard.call(
                                () -> wire.get(path, reference),
                                true,
                                time.now().plus(Budget.CALL)));
    }

    /** What a call is about. */
    private record Matter(Operation operation, Payment payment) {}

    private Outcome send(String path, Matter matter, byte[] json) {
        var deadline = Budget.end(matter.operation(), time.now());
        var reference = matter.operation().id().value();
        return call(
                matter.operation().order().kind().code(),
                matter,
                () ->
                        guard.call(
                                () -> wire.post(path, reference, json),
                                link.idempotentSend(),
                                deadline));
    }

    private Outcome call(String call, Matter matter, Supplier<Exchange> exchange) {
        var operation = matter.operation();
        var card = matter.payment().terms().card();
        return Observation.createNotStarted("gateway.acquirer.call", observations)
                .lowCardinalityKeyValue("acquirer", link.name())
                .lowCardinalityKeyValue("call", call)
                .highCardinalityKeyValue("operation", operation.id().value())
                .observe(() -> answers.outcome(exchange.get(), operation, card));
    }

    @Override
    public void close() {
        wire.close();
    }
}
